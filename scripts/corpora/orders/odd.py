"""Odd versions, by hand: where the rules of an order show, and what only looks like a version."""

ENDINGS = """ .0 .0.0 .00 .1 .01 .10 .9 . .. ..1 .x .* - + ~ ^ _ -1 -01 -10 -0 -a -A -b -a1 -a.1 -a-1 -1a -a.b -a.10 -a.9 -a. -.a -a..b -01a -rc -RC -rc1 -rc.1 -rc-1
-rc.01 -beta -BETA2 -alpha -alpha.1 -alpha1 -alpha.beta -m1 -milestone-1 -snapshot -SNAPSHOT -20240101.120000-1 -sp -ga -final -release -foo -foo-1 -foo.1 +a +1 +001 +a.b
+a.1 +a-1 +a+b +incompatible -rc1+b -a+1 .a .a1 .a.1 .b .rc1 .rc.1 .RC1 .Final .GA .RELEASE .M1 .sp .sp.1 .sp1 .alpha .alpha.1 .dev .dev1 .post1 .pre .pre.1 .1.a .0.a .0.1 .0.0.1
.1.0 .1.0.0 .1-1 .0-1 a A b a1 a01 aa ab alpha alpha1 alpha.1 beta beta2 rc rc1 RC1 c1 dev p1 pl1 z za zb +dfsg ~rc1 ~rc1-1 ~~ ~1 ^git1 ^20240101 ^1~rc1 ~rc1^git1 -1.el8 -1.el8_2
-1~rc1 -1^git1 -1.fc40 -1-1 _1 _p1 _p _rc1 _alpha _alpha1 _beta_p1 _pre2 -r0 -r1 -r10 _p1-r1 -dev -beta1-dev -beta-dev.1 -patch1 -patch -pl1 -p1 -stable @dev @beta .x-dev .*-dev
-99999999999 .99999999999999999999 -99999999999999999999 -18446744073709551615 -2147483647 -2147483648 .2147483647 .2147483648 .18446744073709551615 .18446744073709551616""".split(" ")
ENDINGS = "".join(e + " " for e in ENDINGS).replace("\n", " ").split(" ")

OTHERS = ["0", "00", "0.0", "0.0.0", "1", "01", "001", "10", "9", "1.2", "1.2.3", "1.2.3.4", "1.2.3.4.5", "1.10.0", "1.9.0", "01.2.3", "1.02.3", "1.2.03", "v1.2.3", "V1.2.3", "vv1",
          "v1", "=1", "a", "a1", "A", "alpha", "1a", "1-a", "1-1", "1--1", "1-.1", "1.-1", "1..1", ".1", "-1", "+1", "1_2_3", "1,2", "1.0 ", " 1.0", "1. 0", "1.0\n", "1.0\t",
          "latest", "master", "dev-master", "trunk", "nightly", "0:1", "1:0", "1:1.0", "00:1", ":1", "a:1", "1:", "1:1-1", "2:0-1", "1!1.0", "2!0", "x.y.z", "1.x", "1.*", "*", "^1.0", ">=1.0", "1.0;", "1/2",
          "2020.01.02", "20200102", "2020-01-02", "202001021234", "2020.1.2", "2020.01.02.12", "2020.01.02-beta1", "cci.20200101", "cci.2020", "2019-01-16", "r1", "b1", "9223372036854775807",
          "9223372036854775808", "99999999999999999999", "100000000000000000000", "18446744073709551616.0.0", "18446744073709551615.0.0", "2147483648.0.0", "2147483647.0.0",
          "65536.0.0", "99999.0", "100000.0", "1.0.0-0123", "1.0.0-0", "1.0.0-1", "1.0.0-2", "1.0.0-11", "1.0.0-a.0.1", "1.0.0-a.0.b", "1.0.0-a.0", "1.0.0-0.a", "1.0.0-0.20240101120000-abcdefabcdef",
          "1.0.1-0.20240101120000-abcdefabcdef", "1.0.0-rc.1.0.20240101120000-abcdefabcdef", "0.0.0-20240101120000-abcdefabcdef", "2.0.0+incompatible", "2.0.1-0.20240101120000-abcdefabcdef+incompatible",
          "1.0.0-beta.11", "1.0.0-beta.2", "1.0.0-é", "é", "1.0é", "١.٠", "1.0.0-" + "a" * 100, "1." * 60 + "1", "1" * 200]


def spellings(*bases: str) -> list[str]:
    return [base + ending for base in bases for ending in ENDINGS] + OTHERS


def ascii_only(texts: list[str]) -> list[str]:
    """For tools that take any bytes: there Plimsoll refuses what is not printable, and the tool is not asked."""
    return [text for text in texts if text.isascii() and text.isprintable() and text.strip() == text != "" and " " not in text]
