package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a client that would take anything is offered: each protocol and each cipher suite of the JDK by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {
    private TestServer server;
    private SSLContext anything;
    private String disabled;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        SelfSigned.write(certificate, key);
        // The client must be able to speak what the server must refuse.
        disabled = Security.getProperty("jdk.tls.disabledAlgorithms");
        server = new TestServer(HttpConfig.LOCAL, Optional.of(Tls.context(certificate, key)));
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        anything = SSLContext.getInstance("TLS");
        anything.init(null, new TrustManager[] {new TrustsAll()}, null);
    }

    @AfterAll
    void stop() {
        Security.setProperty("jdk.tls.disabledAlgorithms", disabled);
        server.close();
    }

    private String shakeHands(String protocol, List<String> suites) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) anything.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {protocol});
            if (!suites.isEmpty()) {
                socket.setEnabledCipherSuites(suites.toArray(new String[0]));
            }
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("{\"hello\":\"you\"}");
            return socket.getSession().getCipherSuite();
        }
    }

    @Test
    void speaksTls12And13() throws IOException {
        assertThat(shakeHands("TLSv1.3", List.of())).startsWith("TLS_AES_256_GCM");
        assertThat(shakeHands("TLSv1.2", List.of())).startsWith("TLS_ECDHE_").contains("_GCM_");
    }

    /** A browser that heard it for localhost would refuse every plain development server of that machine for a year. */
    @Test
    void browsersAreToldToStayWithTlsButNotForLocalhost() throws IOException {
        assertThat(answer("127.0.0.1:" + server.port())).contains("strict-transport-security: max-age=31536000\r\n");
        assertThat(answer("localhost")).doesNotContain("strict-transport-security");
        assertThat(answer("LOCALHOST:" + server.port())).doesNotContain("strict-transport-security");
    }

    private String answer(String host) throws IOException {
        try (Socket socket =
                anything.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /hello HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        }
    }

    @Test
    void speaksNothingOlder() {
        for (String protocol : List.of("TLSv1.1", "TLSv1", "SSLv3")) {
            assertThatThrownBy(() -> shakeHands(protocol, List.of()))
                    .as(protocol)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void takesNoWeakCipher() throws IOException, GeneralSecurityException {
        List<String> taken = new java.util.ArrayList<>();
        for (String suite : anything.getServerSocketFactory().getSupportedCipherSuites()) {
            try {
                shakeHands(
                        suite.startsWith("TLS_AES") || suite.startsWith("TLS_CHACHA") ? "TLSv1.3" : "TLSv1.2",
                        List.of(suite));
                taken.add(suite);
            } catch (SSLException e) {
                assertThat(e).isNotNull(); // refused, as nearly all must be
            }
        }
        assertThat(taken)
                .isNotEmpty()
                .allMatch(suite -> suite.contains("_GCM_") || suite.contains("CHACHA20_POLY1305"))
                .allMatch(suite ->
                        suite.contains("ECDHE") || suite.startsWith("TLS_AES") || suite.startsWith("TLS_CHACHA"))
                .noneMatch(suite -> Stream.of("anon", "NULL", "RC4", "DES", "EXPORT", "CBC", "MD5")
                        .anyMatch(suite::contains));
    }

    @Test
    void plainHttpIsNoTls() throws IOException {
        try (RawClient client = server.client()) {
            String answer = client.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .untilClosed();
            assertThat(answer).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void aFileThatIsNoKeyIsNamed(@TempDir Path folder) throws Exception {
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        assertThatThrownBy(() -> Tls.context(certificate, key)).hasMessage("cannot read " + certificate);
        SelfSigned.write(certificate, key);
        Files.writeString(key, "not a key");
        assertThatThrownBy(() -> Tls.context(certificate, key)).hasMessageContaining(key.toString());
    }

    @SuppressWarnings("TrustAllX509TrustManager")
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            assertThat(Arrays.asList(chain)).isNotEmpty();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            assertThat(Arrays.asList(chain)).isNotEmpty();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
