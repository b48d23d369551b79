package dev.peal.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.docs.History;
import dev.peal.limit.Limit;
import dev.peal.protocol.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigTest {
    /** For each key, what it must refuse, separated by bars. */
    private static final Map<String, String> WRONG = Map.ofEntries(
            Map.entry("server.host", "example.org|localhost;::1|300|127.0.0.1;::1|[::1]"),
            Map.entry("server.port", "http|-1|65536|80.5|0x50|8080 8081|99999999999| "),
            Map.entry("server.data", ""),
            Map.entry("server.transport", "uring|AUTO|fast|"),
            Map.entry("server.loops", "-1|1025|two|1.5"),
            Map.entry("server.publicHosts", "https://chat.example.org|chat.example.org/|Chat.Example.Org|*"),
            Map.entry("server.plaintext", "yes|1|TRUE|on|"),
            Map.entry(
                    "http.allowedOrigins",
                    "app.example.org|https://app.example.org/|HTTPS://app.example.org|*|null|ftp://x"),
            Map.entry("http.trustedProxies", "proxy.example.org|10.0.0.0/33|10.0.0.1/8|10.0.0|::1/129"),
            Map.entry("http.proxyProtocol", "v2|yes|"),
            Map.entry("auth.mode", "none|Token|jwt|"),
            Map.entry("auth.openToNetwork", "yes|"),
            Map.entry("auth.algorithm", "none|HS512|hs256|RS384|HS256,RS256|"),
            Map.entry("auth.jwksUrl", "keys.json|/keys|https://|mailto:a@b"),
            Map.entry("auth.issuer", "| two words"),
            Map.entry("auth.audience", "| two words"),
            Map.entry("auth.guests", "yes|true|"),
            Map.entry("auth.guestsPerHour", "0|-1|many|1000001"),
            Map.entry("auth.guestLifetime", "24|59s|366d|1 day|-1h"),
            Map.entry("auth.timeout", "10|99ms|11m|10 seconds|"),
            Map.entry("auth.expiryNotice", "60|2h|-1s"),
            Map.entry("auth.leeway", "60|6m|-1s"),
            Map.entry("limits.connections", "0|10000001|1k|"),
            Map.entry("limits.connectionsPerAddress", "0|-10|ten"),
            Map.entry("limits.frameBytes", "262144|124B|2GiB|256KB|256kib|256 K|0.5MiB|"),
            Map.entry("limits.messageBytes", "1048576|124B|1MB|"),
            Map.entry("limits.fragments", "0|1000001|1Ki"),
            Map.entry("limits.messageTime", "30|99ms|2h|30sec"),
            Map.entry("limits.controlFramesPerSecond", "0|1000001"),
            Map.entry("limits.headerCount", "9|1001"),
            Map.entry("limits.headerBytes", "8192|1023B|2MiB"),
            Map.entry("limits.bodyBytes", "65536|1B|17MiB"),
            Map.entry("limits.handshakeTime", "10|6m"),
            Map.entry("limits.idleTime", "15|2h"),
            Map.entry("limits.outboxBytes", "1048576|63KiB|2GiB"),
            Map.entry("limits.outboxStall", "10|2h"),
            Map.entry("limits.roomsPerConnection", "0|100001"),
            Map.entry("limits.batchBytes", "1024|1023B|17MiB"),
            Map.entry("heartbeat.interval", "30|199ms|2h"),
            Map.entry("heartbeat.timeout", "10|99ms|2h"),
            Map.entry("events.heartbeat", "15|999ms|11m"),
            Map.entry("events.ticketLifetime", "30|999ms|31s"),
            Map.entry("polling.waitMax", "60|-1s|61s"),
            Map.entry("limits.readsPerAddress", "10|0/1s|10/25h"),
            Map.entry("session.grace", "20|99ms|11m"),
            Map.entry("session.awayMax", "-1|many|10000001"),
            Map.entry("presence.announcedUsers", "0|-1|10000001"),
            Map.entry("compression.enabled", "yes|deflate"),
            Map.entry("compression.threshold", "1024|1kb"),
            Map.entry("compression.level", "0|10|best"),
            Map.entry("compression.memLevel", "0|10"),
            Map.entry("compression.concurrent", "0|1025"),
            Map.entry("log.engine", "redis|SQLite|"),
            Map.entry("auth.anonymous", "chat|market;chat"),
            Map.entry("limits.subscriptionsPerConnection", "0|100001"),
            Map.entry("market.enabled", "yes|"),
            Map.entry("market.seed", "-1|2147483648"),
            Map.entry("market.updatesPerSecond", "0|1001"),
            Map.entry("docs.history", "|none|0d|90|90h|ALL"),
            Map.entry("log.retention.age", "30|59s|forever"),
            Map.entry("log.retention.entries", "0|-1|1.5|10k|all|1000000000001|"),
            Map.entry("market.source", "|feed|exchange;feed|Replay"),
            Map.entry("market.replay.file", ""),
            Map.entry("market.replay.speed", "0|1001|1.5"),
            Map.entry("market.ingest.symbols", "ACME|ACME=0.01|ACME=0/1|A ME=1/1|=0.01/1"),
            Map.entry("log.retention.bytes", "10GB|1023KiB|1TiB|10"),
            Map.entry("log.retention.age.chat", "30|59s|forever|"),
            Map.entry("log.retention.entries.chat", "0|-1|many|"),
            Map.entry("log.retention.bytes.chat", "10GB|1023B|10|"),
            Map.entry("shutdown.drain", "10|11m|-1s"),
            Map.entry("rate.chat", "10|10/60|0/60s|-1/60s|10/0s|10/25h|ten/60s|1000001/1s|10 per 60s|"),
            Map.entry("log.durability.chat", "ram|Disk|"));

    /** Any text is a path. */
    private static final Set<String> PATHS = Set.of("tls.cert", "tls.key", "auth.secretFile", "auth.publicKeyFile");

    private static Config config(String... pairs) {
        return Config.of(settings(pairs));
    }

    private static Map<String, Setting> settings(String... pairs) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            settings.put(pair.substring(0, equals), new Setting(pair.substring(equals + 1), "test"));
        }
        return settings;
    }

    private static String refusal(String... pairs) {
        try {
            config(pairs);
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("accepted: " + String.join(" ", pairs));
    }

    static Stream<String> wrong() {
        return WRONG.entrySet().stream()
                .flatMap(entry ->
                        Arrays.stream(entry.getValue().split("\\|", -1)).map(value -> entry.getKey() + "=" + value))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongValueIsOneLineThatNamesTheKeyAndWhatItWants(String pair) {
        String key = pair.substring(0, pair.indexOf('='));
        assertThat(refusal(pair)).startsWith(key + ": wants ").doesNotContain("\n");
    }

    @Test
    void everyKeyIsInThatTable() {
        Set<String> declared = Keys.all().stream().<String>map(Key::name).collect(Collectors.toSet());
        declared.removeAll(PATHS);
        assertThat(WRONG.keySet()).containsAll(declared);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.prot=1",
                "port=1",
                "server=1",
                "rate.=1/1s",
                "rate.Chat=1/1s",
                "limits.framebytes=1KiB",
                "SERVER.PORT=1",
                "=1",
                "log.durability.=disk",
                "sérver.port=1"
            })
    void anUnknownKeyIsRefused(String pair) {
        assertThat(refusal(pair)).contains("no such key (test)").doesNotContain("\n");
    }

    @Test
    void anUnknownKeyNamesTheOneThatWasMeant() {
        assertThat(refusal("server.prot=1")).isEqualTo("server.prot: no such key (test); did you mean server.port?");
        assertThat(refusal("limits.framebytes=1KiB")).endsWith("did you mean limits.frameBytes?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tls.cert=c.pem",
                "tls.key=k.pem",
                "http.proxyProtocol=true",
                "server.host=",
                "server.host=0.0.0.0",
                "server.host=127.0.0.1,192.168.1.1",
                "server.host=:: server.plaintext=true auth.mode=open",
                "auth.publicKeyFile=k.pem",
                "auth.jwksUrl=https://id.example.org/keys",
                "auth.algorithm=RS256",
                "auth.algorithm=RS256 auth.publicKeyFile=k.pem auth.jwksUrl=https://id.example.org/keys",
                "auth.algorithm=ES256 auth.publicKeyFile=k.pem auth.secretFile=s",
                "auth.secretFile=s auth.guests=on",
                "limits.frameBytes=2MiB",
                "limits.messageBytes=64KiB",
                "limits.connections=5",
                "heartbeat.timeout=30s",
                "limits.batchBytes=2MiB",
                "log.engine=memory log.durability.chat=disk",
                "market.source=ingest",
                "market.ingest.symbols=ACME=0.01/1"
            })
    void anImpossiblePairIsOneLine(String pairs) {
        assertThat(refusal(pairs.split(" "))).matches("[a-zA-Z.]+: .*").doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.host=0.0.0.0 server.plaintext=true",
                "server.host=0.0.0.0 tls.cert=c tls.key=k",
                "server.host=0.0.0.0 http.trustedProxies=10.0.0.0/8",
                "server.host=:: server.plaintext=true auth.mode=open auth.openToNetwork=true",
                "server.host=127.0.0.1,::1 auth.mode=open",
                "auth.algorithm=EdDSA auth.publicKeyFile=k.pem auth.guests=off",
                "log.engine=memory log.durability.chat=memory",
                "market.source=exchange,ingest market.ingest.symbols=ACME=0.01/1,XAU/USD=0.1/0.001"
            })
    void whatIsPossibleIsAccepted(String pairs) {
        assertThat(config(pairs.split(" ")).effective()).isNotEmpty();
    }

    @Test
    void defaultsAreTheProtocols() {
        Config config = config();
        assertThat(config.get(Keys.PORT)).isEqualTo(8080);
        assertThat(config.get(Keys.HOST)).containsExactly("localhost");
        assertThat(config.get(Keys.AUTH_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.get(Keys.CONNECTIONS_PER_ADDRESS)).isEqualTo(10);
        assertThat(config.get(Keys.FRAME_BYTES)).isEqualTo(256 << 10);
        assertThat(config.get(Keys.RATES)).containsEntry("chat", Limit.BASE).containsEntry("default", Limit.BASE);
        assertThat(config.get(Keys.RATES).get("typing")).isNotEqualTo(Limit.BASE);
        assertThat(config.get(Keys.RATES).get("operation")).isNotEqualTo(Limit.BASE);
        assertThat(config.get(Keys.DURABILITY)).isEmpty();
        assertThat(config.get(Keys.DOCS_HISTORY)).isEqualTo(History.ALL);
    }

    @Test
    void ofADocumentsPastIsKeptWhatIsSaid() {
        assertThat(config("docs.history=versions").get(Keys.DOCS_HISTORY)).isEqualTo(History.VERSIONS);
        assertThat(config("docs.history=90d").get(Keys.DOCS_HISTORY)).isEqualTo(History.days(90));
        assertThatThrownBy(() -> config("docs.history=0d")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> config("docs.history=90")).isInstanceOf(ConfigException.class);
    }

    @Test
    void readsUnitsAndLists() {
        Config config = config(
                "shutdown.drain=1500ms",
                "log.retention.age=2d",
                "limits.outboxBytes=3MiB",
                "limits.batchBytes=1 KiB",
                "server.publicHosts=a.example.org, b.example.org:8443",
                "rate.chat=unlimited",
                "rate.my_own=3/2s",
                "log.durability.board=memory",
                "log.retention.entries.board=500",
                "log.retention.bytes.board=1MiB",
                "log.retention.age.board=1h");
        assertThat(config.get(Keys.LOG_ENTRIES)).isEqualTo(Long.MAX_VALUE);
        assertThat(config.get(Keys.KIND_ENTRIES)).containsExactly(Map.entry("board", 500L));
        assertThat(config.get(Keys.KIND_BYTES)).containsExactly(Map.entry("board", 1L << 20));
        assertThat(config.get(Keys.KIND_AGE)).containsExactly(Map.entry("board", Duration.ofHours(1)));
        assertThat(config.get(Keys.DRAIN)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(config.get(Keys.LOG_AGE)).isEqualTo(Duration.ofDays(2));
        assertThat(config.get(Keys.OUTBOX_BYTES)).isEqualTo(3L << 20);
        assertThat(config.get(Keys.BATCH_BYTES)).isEqualTo(1L << 10);
        assertThat(config.get(Keys.PUBLIC_HOSTS)).containsExactly("a.example.org", "b.example.org:8443");
        assertThat(config.get(Keys.RATES))
                .containsEntry("chat", Limit.UNLIMITED)
                .containsEntry("my_own", new Limit(3, 2_000));
        assertThat(config.get(Keys.DURABILITY)).containsExactly(Map.entry("board", Durability.MEMORY));
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("peal.yaml");
        Files.writeString(file, """
                server:
                  port: 1
                  loops: 3
                  publicHosts: [a.example.org, b.example.org]
                server.data: from-file
                rate:
                  join_room: 5/1s
                compression.enabled: false
                """);
        Map<String, String> environment = Map.of(
                "PEAL_SERVER_PORT",
                "2",
                "PEAL_SERVER_LOOPS",
                "4",
                "PEAL_RATE_LEAVE_ROOM",
                "6/1s",
                "PEAL_HTTP_ALLOWED_ORIGINS",
                "https://app.example.org",
                "PATH",
                "/bin");
        Config config = Sources.read(Optional.of(file), environment, settings("server.port=3"));
        assertThat(config.get(Keys.PORT)).isEqualTo(3);
        assertThat(config.get(Keys.LOOPS)).isEqualTo(4);
        assertThat(config.get(Keys.DATA)).isEqualTo(Path.of("from-file"));
        assertThat(config.get(Keys.PUBLIC_HOSTS)).containsExactly("a.example.org", "b.example.org");
        assertThat(config.get(Keys.COMPRESSION)).isFalse();
        assertThat(config.get(Keys.RATES))
                .containsEntry("join_room", new Limit(5, 1_000))
                .containsEntry("leave_room", new Limit(6, 1_000));
        assertThat(config.get(Keys.ALLOWED_ORIGINS)).containsExactly("https://app.example.org");
        assertThat(config.effective()).anySatisfy(entry -> {
            assertThat(entry.name()).isEqualTo("server.loops");
            assertThat(entry.setting()).isEqualTo(new Setting("4", "PEAL_SERVER_LOOPS"));
        });
    }

    @Test
    void aStrangeVariableIsRefusedWhereItIsOurs() {
        assertThatThrownBy(() -> Sources.environment(Map.of("PEAL_SERVER_PROT", "1")))
                .hasMessage("PEAL_SERVER_PROT: no such setting (environment); did you mean PEAL_SERVER_PORT?");
        assertThat(Sources.environment(Map.of("APPEAL_SERVER_PROT", "1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: [1",
                "- a\n- b",
                "just text",
                "server.port: 1\nserver.port: 2",
                "server:\n  port: 1\nserver.port: 2",
                "server.publicHosts: [[a]]",
                "server.publicHosts: [{a: b}]",
                "server: {port: }",
                "\tserver.port: 1",
                "server:\n  port: 1\n port: 2"
            })
    void aBrokenFileIsOneLineThatNamesIt(String yaml) throws IOException {
        Path file = Files.createTempFile("peal", ".yaml");
        Files.writeString(file, yaml);
        assertThatThrownBy(() -> Sources.read(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("[^\\n]*(" + file.getFileName() + "|server\\.)[^\\n]*");
        Files.delete(file);
    }

    @Test
    void aFileThatIsNoTextIsCalledSo(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("peal.yaml"), new byte[] {(byte) 0xb6, ' '});
        assertThatThrownBy(() -> Sources.read(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": is not UTF-8");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = Path.of("no", "such.yaml");
        assertThatThrownBy(() -> Sources.read(Optional.of(file), Map.of(), Map.of()))
                .hasMessage(file + ": cannot be read");
    }

    @Test
    void anEmptyFileChangesNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("peal.yaml");
        Files.writeString(file, "# nothing\n");
        assertThat(Sources.read(Optional.of(file), Map.of(), Map.of()).get(Keys.PORT))
                .isEqualTo(8080);
    }

    @Test
    void everyKeyHasAnExplanationAndAVariableOfItsOwn() {
        List<String> variables = Keys.all().stream().map(Key::variable).toList();
        assertThat(variables).doesNotHaveDuplicates().contains("PEAL_HTTP_ALLOWED_ORIGINS");
        assertThat(Keys.all()).allSatisfy(key -> {
            assertThat(key.doc()).endsWith(".");
            assertThat(Reference.text()).contains(key.name() + "\n    " + key.doc());
        });
    }
}
