//! Judge: the `semver` crate that Cargo uses, by precedence: build metadata does not count, as in OSV's ranges and in requirements.
use semver::Version;
use std::io::stdin;

fn main() {
    let versions: Vec<Option<Version>> = stdin().lines().map(|line| parse(&line.unwrap())).collect();
    for a in &versions {
        let Some(a) = a else {
            println!("!");
            continue;
        };
        let row: String = versions.iter().map(|b| b.as_ref().map_or('!', |b| sign(a, b))).collect();
        println!("{row}");
    }
}

fn parse(line: &str) -> Option<Version> {
    let bytes = (0..line.len()).step_by(2).map(|at| u8::from_str_radix(&line[at..at + 2], 16).unwrap());
    Version::parse(&String::from_utf8(bytes.collect()).unwrap()).ok()
}

fn sign(a: &Version, b: &Version) -> char {
    ['<', '=', '>'][(a.cmp_precedence(b) as i8 + 1) as usize]
}
