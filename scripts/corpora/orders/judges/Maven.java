// Judge: Maven's own ComparableVersion. Needs maven-artifact on the class path: java -cp maven-artifact.jar Maven.java
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.maven.artifact.versioning.ComparableVersion;

class Maven {
    public static void main(String[] args) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in)).lines().toList();
        var versions = lines.stream()
                .map(line -> new ComparableVersion(new String(HexFormat.of().parseHex(line), StandardCharsets.UTF_8)))
                .toList();
        for (var a : versions) {
            var row = new StringBuilder();
            for (var b : versions) row.append("<=>".charAt(1 + Integer.signum(a.compareTo(b))));
            System.out.println(row);
        }
    }
}
