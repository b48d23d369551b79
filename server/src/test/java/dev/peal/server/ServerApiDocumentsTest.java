package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of PROTOCOL sections 12 and 16 are as the OpenAPI description says; the commands of OPERATIONS work as printed. */
final class ServerApiDocumentsTest {
    private static List<String> lines(String document) throws IOException {
        return Files.readAllLines(Path.of("..", document));
    }

    @Test
    void everyExampleIsAsDescribedAndEveryOperationIsShown() throws IOException {
        TreeSet<String> shown = new TreeSet<>();
        String method = "";
        String path = "";
        for (String line : lines("PROTOCOL.md")) {
            if (line.matches("(GET|POST|PUT|PATCH|DELETE) /\\S+")) {
                method = line.substring(0, line.indexOf(' '));
                path = line.substring(line.indexOf(' ') + 1).replaceAll("\\?.*", "");
            } else if (line.startsWith("> {")) {
                OpenApi.checkRequest(method, path, line.substring(2));
            } else if (line.matches("< [0-9]{3}")) {
                OpenApi.checkAnswer(method, path, Integer.parseInt(line.substring(2)), "none", "");
                shown.add(method + " " + path);
            } else if (line.matches("< [0-9]{3} .*")) {
                int status = Integer.parseInt(line.substring(2, 5));
                boolean problem = status >= 400 && path.startsWith("/api/");
                String type = problem ? "application/problem+json" : "application/json";
                OpenApi.checkAnswer(method, path, status, type, line.substring(6));
                shown.add(method + " " + path);
            }
        }
        for (OpenApi.Operation operation : OpenApi.operations()) {
            if (operation.path().startsWith("/api/v1") || operation.path().startsWith("/api/docs")) {
                String form = operation.method() + " " + operation.path().replaceAll("\\{[a-z]+}", "[^/]+");
                assertThat(shown).as(form).anyMatch(example -> example.matches(form));
            }
        }
    }

    @Test
    void everyCommandWorksAsPrinted(@TempDir Path folder) throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        ApiKey.Made key = ApiKey.make("docs", EnumSet.allOf(ApiScope.class), 0);
        ApiKeyFile.in(data).change(keys -> List.of(key.key()));
        List<String> commands = lines("OPERATIONS.md").stream()
                .filter(line -> line.startsWith("curl "))
                .toList();
        assertThat(commands).hasSizeGreaterThan(8);
        try (PealServer server = PealServer.builder()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .start()) {
            for (String command : commands) {
                ProcessBuilder shell =
                        new ProcessBuilder("sh", "-c", command.replace("localhost:8080", "localhost:" + server.port()));
                shell.environment().put("API_KEY", key.text());
                Process process = shell.redirectErrorStream(true).start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() == 127) {
                    System.out.println("not run: needs curl");
                    return;
                }
                assertThat(process.exitValue()).as(command + "\n" + output).isZero();
                assertThat(output).startsWith("{");
            }
        }
    }
}
