package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own. */
final class MainTest {
    @Test
    void serveSaysWhereItIsAndASignalEndsItWithoutAnError(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        try (JavaProcess server =
                JavaProcess.start(Main.class, "serve", "--port=0", "--transport=nio", "--data=" + data)) {
            String at = server.awaitLine("Peal is at");
            server.awaitLine("transport   nio, ");
            server.awaitLine("storage     SQLite in ");
            server.awaitLine("sign-in     tokens");
            HttpResponse<String> ready = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(at.substring(at.indexOf("http")) + "health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(ready.statusCode()).isEqualTo(200);
            server.terminate();
            assertThat(server.untilEnd()).doesNotContain("Exception", "WARN", "ERROR");
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void whatIsInsecureIsSaid(@TempDir Path folder) throws IOException, InterruptedException {
        try (JavaProcess server = JavaProcess.start(
                Main.class,
                "serve",
                "--open",
                "--port=0",
                "--host=0.0.0.0",
                "--plaintext",
                "--auth.openToNetwork=true",
                "--log.engine=memory",
                "--data=" + folder.resolve("data"))) {
            server.awaitLine("storage     memory");
            server.awaitLine("INSECURE    open mode");
            server.awaitLine("INSECURE    no TLS");
            server.awaitLine("server.publicHosts is empty");
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void tokenPrintsATokenAndNothingElse(@TempDir Path folder) throws IOException, InterruptedException {
        try (JavaProcess token = JavaProcess.start(
                Main.class,
                "token",
                "--user",
                "ann",
                "--data",
                folder.resolve("data").toString())) {
            assertThat(token.untilEnd()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R");
            assertThat(token.exitCode()).isZero();
        }
    }

    @Test
    void aWrongLineIsOneLineAndExitCodeTwo(@TempDir Path folder) throws IOException, InterruptedException {
        for (String[] line : new String[][] {
            {"serve", "--server.prot=1"},
            {"serve", "--port"},
            {"serve", "--nonsense"},
            {"sevre"},
            {"token"},
            {"token", "--user=", "--data=" + folder.resolve("data")},
            {"token", "--user=ann", "--ttl=5x"},
            {},
            {"check", "--auth.mode=none"}
        }) {
            try (JavaProcess process = JavaProcess.start(Main.class, line)) {
                assertThat(process.untilEnd()).as(String.join(" ", line)).matches("peal: [^\\n]+\\n");
                assertThat(process.exitCode()).isEqualTo(Main.EXIT_USAGE);
            }
        }
    }

    @Test
    void aCommandThatThereIsNotIsCalledSo() throws IOException, InterruptedException {
        try (JavaProcess process = JavaProcess.start(Main.class, "sevre")) {
            assertThat(process.untilEnd()).isEqualTo("peal: there is no command sevre; see peal --help\n");
        }
    }

    @Test
    void whatTheMachineRefusesIsOneLineAndExitCodeOne(@TempDir Path folder) throws IOException, InterruptedException {
        for (String argument :
                new String[] {"--tls-cert=none.pem --tls-key=none.pem", "--transport=kqueue", "--data=/proc/none"}) {
            String[] line = ("serve --port=0 --data=" + folder.resolve("data") + " " + argument).split(" ");
            try (JavaProcess process = JavaProcess.start(Main.class, line)) {
                assertThat(process.untilEnd())
                        .as(argument)
                        .matches("peal: [^\\n]+\\n")
                        .doesNotContain("Exception");
                assertThat(process.exitCode()).isEqualTo(Main.EXIT_FAILED);
            }
        }
    }
}
