package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.server.PealServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's quick start, as it is printed: by Java's own launcher of single files. */
final class QuickStartTest {
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final int LINES_MAX = 10;

    @Test
    void runsAsPrinted(@TempDir Path folder) throws Exception {
        String program = block(0);
        assertThat(program.lines()).hasSizeLessThanOrEqualTo(LINES_MAX);
        assertThat(Path.of("..", "README.md")).content().contains(program);
        assertThat(printed(folder, "Hello", program)).contains("ann: hello").contains("stored at 1");
    }

    @Test
    void watchesTheMarketAsPrinted(@TempDir Path folder) throws Exception {
        assertThat(printed(folder, "Watch", block(2))).containsPattern("(BUY|SELL) \\d+\\.\\d{4} at \\d+\\.\\d{2}");
    }

    private static String block(int index) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
        for (int i = 0; i <= index; i++) {
            assertThat(block.find()).isTrue();
        }
        return block.group(1);
    }

    private static String printed(Path folder, String name, String program) throws Exception {
        Path source = Files.writeString(folder.resolve(name + ".java"), program);
        try (PealServer server = PealServer.builder()
                .set("auth.mode", "open")
                .set("server.port", "0")
                .set("server.data", folder.resolve("data").toString())
                .start()) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            source.toString(),
                            "http://localhost:" + server.port())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return printed;
        }
    }
}
