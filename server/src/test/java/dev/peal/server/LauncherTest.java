package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself, in a project of its own with a Maven and JDKs that only say what they were asked. */
final class LauncherTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String ECHO_JAVA =
            "#!/bin/sh\necho \"java $(dirname \"$0\")\"\nfor a; do echo \"<$a>\"; done\n";

    @TempDir
    private Path folder;

    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    private record Run(int exitCode, String out, String err) {}

    @BeforeEach
    void makeProject() throws IOException {
        root = folder.resolve("a project with spaces");
        for (String module :
                List.of("server/src/main/java", "core/src/main/java", "web/src", "spec/src", ".ci", "tools", "jdks")) {
            Files.createDirectories(root.resolve(module));
        }
        Files.copy(PROJECT.resolve("peal"), root.resolve("peal"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String file : List.of(
                "pom.xml",
                "server/pom.xml",
                "core/src/main/java/A.java",
                "core/src/main/java/B.java",
                "web/src/main.ts")) {
            write(file, "");
        }
        script("tools/mvn", """
                #!/bin/sh
                echo "JAVA_HOME=$JAVA_HOME $*" >> "%1$s/maven.calls"
                echo "[INFO] Building peal-core 0.1.0 [1/2]"
                [ -e "%1$s/broken" ] && { echo "[ERROR] A.java: it is broken"; exit 1; }
                mkdir -p "%1$s/server/target/peal/lib"
                """.formatted(root));
        jdk("99.0.1");
        environment.put("JAVA_HOME", root.resolve("jdks/99.0.1").toString());
        environment.put("PATH", root.resolve("tools") + ":" + System.getenv("PATH"));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(root.resolve(file), text);
        age(file, Duration.ofHours(1));
    }

    private void age(String file, Duration age) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(file), FileTime.from(Instant.now().minus(age)));
    }

    private void script(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
        Files.setPosixFilePermissions(root.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void jdk(String version) throws IOException {
        String home = "jdks/" + version + "/";
        script(home + "bin/java", ECHO_JAVA);
        script(home + "bin/javac", ECHO_JAVA);
        Files.writeString(root.resolve(home + "release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private Process start(Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PEAL_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        return run(root.resolve("peal"), arguments);
    }

    private Run run(Path launcher, String... arguments) throws IOException, InterruptedException {
        Process process = start(launcher, arguments);
        String out;
        try (InputStream output = process.getInputStream()) {
            out = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, Files.readString(folder.resolve("err")));
    }

    private long builds() throws IOException {
        Path calls = root.resolve("maven.calls");
        return Files.exists(calls) ? Files.readString(calls).lines().count() : 0;
    }

    @Test
    void buildsWhatIsStaleAndNothingElse() throws IOException, InterruptedException {
        assertThat(run("check").err()).contains("building [1/2] peal-core");
        assertThat(run("check").err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
        for (String changed : List.of("core/src/main/java/A.java", "pom.xml", "server/pom.xml", "web/src/main.ts")) {
            age(changed, Duration.ofSeconds(-2));
            run("check");
            age(changed, Duration.ofHours(1));
        }
        assertThat(builds()).isEqualTo(5);
        Files.delete(root.resolve("core/src/main/java/B.java"));
        age("core/src/main/java", Duration.ofSeconds(-2));
        run("check");
        assertThat(builds()).isEqualTo(6);
    }

    /** Its first look finds a Maven that has yet to say anything, its next one a Maven that has ended. */
    @Test
    void whatIsBuiltBetweenTwoLooksIsSaidAtTheEnd() throws IOException, InterruptedException {
        script("tools/mvn", """
                #!/bin/sh
                until grep -q . "%1$s/looked"; do :; done
                echo "[INFO] Building peal-core 0.1.0 [1/2]"
                mkdir -p "%1$s/server/target/peal/lib"
                """.formatted(root));
        write("looked", "");
        script("tools/sleep", "#!/bin/sh\necho looked >> \"" + root + "/looked\"\nexec /bin/sleep \"$1\"\n");
        assertThat(run("check").err()).contains("building [1/2] peal-core");
    }

    @Test
    void whoWaitedForAnotherBuildMakesNoneOfItsOwn() throws IOException, InterruptedException {
        script("tools/mvn", """
                #!/bin/sh
                echo "JAVA_HOME=$JAVA_HOME $*" >> "%1$s/maven.calls"
                until [ -e "%1$s/waited" ]; do :; done
                mkdir -p "%1$s/server/target/peal/lib"
                """.formatted(root));
        Process first = start(root.resolve("peal"), "check");
        try {
            while (builds() == 0) {
                assertThat(first.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            Process second = start(root.resolve("peal"), "check");
            try {
                while (!Files.readString(folder.resolve("err")).contains("waiting for another build")) {
                    assertThat(second.isAlive()).isTrue();
                    Thread.onSpinWait();
                }
                write("waited", "");
                assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(second.exitValue()).isZero();
            } finally {
                second.destroyForcibly();
            }
            assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(builds()).isEqualTo(1);
        } finally {
            write("waited", "");
            first.destroyForcibly();
        }
    }

    @Test
    void testsAndOutputMakeNothingStale() throws IOException, InterruptedException {
        run("check");
        for (String file : List.of(
                "core/src/test/java/ATest.java",
                "core/target/A.class",
                "web/node_modules/x.js",
                "data/rooms.db",
                "README.md")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "");
            age(file, Duration.ofSeconds(-2));
        }
        run("check");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void isTheSameThroughLinksAndFromAnywhere() throws IOException, InterruptedException {
        Path links = Files.createDirectories(folder.resolve("links"));
        Path absolute = Files.createSymbolicLink(links.resolve("one"), root.resolve("peal"));
        Path relative = Files.createSymbolicLink(links.resolve("two"), Path.of("one"));
        run("check");
        for (Path link : List.of(absolute, relative)) {
            Run run = run(link, "serve", "--name", "two words", "");
            assertThat(run.out())
                    .contains(
                            "<dev.peal.server.Main>\n<serve>\n<--name>\n<two words>\n<>\n",
                            "<" + root + "/server/target/peal/lib/*>");
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void takesTheNewestJdkAndTellsMaven() throws IOException, InterruptedException {
        jdk("98");
        environment.put("JAVA_HOME", root.resolve("jdks/98").toString());
        environment.put("PATH", root.resolve("jdks/99.0.1/bin") + ":" + environment.get("PATH"));
        assertThat(run("check").out()).contains("java " + root + "/jdks/99.0.1/bin");
        assertThat(Files.readString(root.resolve("maven.calls"))).startsWith("JAVA_HOME=" + root + "/jdks/99.0.1 ");
    }

    @Test
    void addsTheFlagsThatTheVersionKnows() throws IOException, InterruptedException {
        for (String version : List.of("21.0.4", "23", "24.0.1", "25-ea")) {
            jdk(version);
            environment.put(
                    "PEAL_JAVA_HOME", root.resolve("jdks").resolve(version).toString());
            String out = run("check").out();
            assertThat(out).contains("<--enable-native-access=ALL-UNNAMED>");
            int major = Integer.parseInt(version.substring(0, 2));
            assertThat(out.contains("<--sun-misc-unsafe-memory-access=allow>")).isEqualTo(major >= 24);
            assertThat(out.contains("<-XX:+UseCompactObjectHeaders>")).isEqualTo(major >= 25);
        }
    }

    @Test
    void aJdkThatIsTooOldIsOneLine() throws IOException, InterruptedException {
        jdk("17.0.2");
        environment.put("PEAL_JAVA_HOME", root.resolve("jdks/17.0.2").toString());
        Run run = run("check");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("peal: PEAL_JAVA_HOME=" + root + "/jdks/17.0.2 is no JDK 21 or newer\n");
    }

    @Test
    void noMavenIsOneLine() throws IOException, InterruptedException {
        Path few = Files.createDirectories(folder.resolve("few"));
        for (String tool : List.of(
                "sh",
                "dirname",
                "readlink",
                "find",
                "head",
                "mkdir",
                "cat",
                "sleep",
                "date",
                "sed",
                "rm",
                "mv",
                "tail",
                "grep")) {
            Path real = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(few.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
        }
        environment.put("PATH", few.toString());
        Run run = run("check");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("peal: Maven is needed to build and was not found")
                .hasLineCount(1);
    }

    @Test
    void aBrokenBuildSaysWhatAndRunsNothing() throws IOException, InterruptedException {
        write("broken", "");
        Run run = run("check");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("[ERROR] A.java: it is broken", "peal: the build failed: the whole log is");
        Files.delete(root.resolve("broken"));
        assertThat(run("check").exitCode()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void signalsArriveAtTheServer() throws IOException, InterruptedException {
        run("check");
        script("jdks/99.0.1/bin/java", "#!/bin/sh\ntrap 'exit 7' TERM\necho up $$\nwhile :; do sleep 0.05; done\n");
        Process process = start(root.resolve("peal"), "serve");
        try (var output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("up " + process.pid());
            process.toHandle().destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(7);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void helpNeedsNothing() throws IOException, InterruptedException {
        environment.put("PEAL_JAVA_HOME", "/nowhere");
        assertThat(run("--help").out())
                .contains("./peal serve", "./peal token", "./peal check", "./peal bench", "./peal test");
        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(builds()).isZero();
    }

    /** On the real project's sources; the time is asserted where nothing else runs. */
    @Test
    void decidesWithinATenthOfASecond() throws IOException, InterruptedException {
        run("check");
        for (String part : List.of(
                "protocol", "websocket", "core", "engine-sqlite", "app-chat", "transport", "server", "web", "spec")) {
            copyNames(PROJECT.resolve(part), root.resolve(part));
        }
        Files.setLastModifiedTime(
                root.resolve("server/target/peal/stamp"),
                FileTime.from(Instant.now().plusSeconds(60)));
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long began = System.nanoTime();
            assertThat(run("check").err()).isEmpty();
            best = Math.min(best, System.nanoTime() - began);
        }
        System.out.println("the launcher decided in " + best / 1_000_000 + " ms");
        assertThat(builds()).isEqualTo(1);
        if (Boolean.getBoolean("peal.nightly")) {
            assertThat(Duration.ofNanos(best)).isLessThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    private static void copyNames(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(f -> !f.toString().matches(".*/(target|node_modules|dist)(/.*)?"))
                    .toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (Files.notExists(copy)) {
                    Files.writeString(copy, "");
                }
            }
        }
    }
}
