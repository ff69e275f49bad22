// Judge: Java's own Runtime.Version, without regard to what a builder adds. It does not read the versions of Java 8 and before, nor
// zeros at the end, so those are first written as it wants them, by the table of https://openjdk.org/jeps/223.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

class Jdk {
    static final Pattern SHORT = Pattern.compile("([1-9])(?:u(\\d{1,9}))?(?:-?b(\\d{1,9})|-ga)?");
    static final Pattern LONG =
            Pattern.compile("1\\.([1-9])(?:\\.(\\d))?(?:_(\\d{1,9}))?(?:-(ea|internal|beta\\d?|rc\\d?))?(?:-b(\\d{1,9}))?");

    public static void main(String[] args) {
        var lines = new BufferedReader(new InputStreamReader(System.in)).lines();
        var versions = lines.map(line -> new String(HexFormat.of().parseHex(line), StandardCharsets.UTF_8))
                .map(Jdk::parse)
                .toList();
        for (var a : versions) {
            var row = new StringBuilder();
            for (var b : versions) row.append(a == null || b == null ? '!' : sign(a.compareToIgnoreOptional(b)));
            System.out.println(a == null ? "!" : row);
        }
    }

    static char sign(int result) {
        return "<=>".charAt(1 + Integer.signum(result));
    }

    static Runtime.Version parse(String text) {
        try {
            return Runtime.Version.parse(withoutZeros(toModern(text)));
        } catch (IllegalArgumentException refusal) {
            return null;
        }
    }

    static String toModern(String text) {
        var shortForm = SHORT.matcher(text);
        if (shortForm.matches()) return write(shortForm.group(1), "0", shortForm.group(2), null, shortForm.group(3));
        var longForm = LONG.matcher(text);
        if (!longForm.matches()) return text;
        return write(longForm.group(1), longForm.group(2), longForm.group(3), longForm.group(4), longForm.group(5));
    }

    static String write(String feature, String interim, String update, String pre, String build) {
        return feature + "." + number(interim) + "." + number(update) + (pre == null ? "" : "-" + pre)
                + (build == null ? "" : "+" + number(build));
    }

    static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    static String withoutZeros(String text) {
        return text.replaceFirst("^([1-9]\\d*(?:\\.\\d+)*?)(?:\\.0)+(?=$|[-+])", "$1");
    }
}
