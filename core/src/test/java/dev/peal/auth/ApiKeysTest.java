package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiKeysTest {
    @TempDir
    private Path folder;

    private ApiKey.Made made(ApiScope... scopes) throws IOException {
        ApiKey.Made made = ApiKey.make("test", Set.of(scopes), 4711);
        add(made.key());
        return made;
    }

    private void add(ApiKey key) throws IOException {
        ApiKeyFile.in(folder).change(keys -> {
            List<ApiKey> more = new ArrayList<>(keys);
            more.add(key);
            return more;
        });
    }

    @Test
    void findsAKeyByItsWholeTextAndNothingElse() throws IOException {
        ApiKey.Made made = made(ApiScope.PUBLISH, ApiScope.READ);
        ApiKey.Made other = made(ApiScope.ADMIN);
        try (ApiKeys keys = ApiKeys.open(ApiKeyFile.in(folder))) {
            assertThat(keys.find(made.text())).contains(made.key());
            String text = made.text();
            for (int i = 0; i < text.length(); i++) {
                char wrong = text.charAt(i) == 'x' ? 'y' : 'x';
                assertThat(keys.find(text.substring(0, i) + wrong + text.substring(i + 1)))
                        .as("another character at %d", i)
                        .isEmpty();
            }
            assertThat(keys.find(text.substring(0, 16) + other.text().substring(16)))
                    .isEmpty();
            for (String bad : List.of("", "pk_", text + "A", text.substring(1), text.substring(0, 58), " " + text)) {
                assertThat(keys.find(bad)).isEmpty();
            }
        }
    }

    @Test
    void aChangedFileCountsAtTheNextLook() throws IOException {
        ApiKey.Made first = made(ApiScope.READ);
        try (ApiKeys keys = ApiKeys.open(ApiKeyFile.in(folder))) {
            ApiKey.Made second = made(ApiScope.READ);
            keys.look();
            assertThat(keys.find(second.text())).isPresent();
            ApiKeyFile.in(folder).change(held -> List.of(second.key()));
            keys.look();
            assertThat(keys.find(first.text())).isEmpty();
            assertThat(keys.find(second.text())).isPresent();
            Files.writeString(folder.resolve(ApiKeyFile.NAME), "{");
            keys.look();
            assertThat(keys.find(second.text()))
                    .as("whether it was revoked is unknown")
                    .isEmpty();
            ApiKeyFile.in(folder).path().toFile().delete();
            add(second.key());
            keys.look();
            assertThat(keys.find(second.text())).isPresent();
        }
    }

    @Test
    void aFileThatIsNoneStopsTheStartAndIsNotQuoted() throws IOException {
        Path file = folder.resolve(ApiKeyFile.NAME);
        String hash = "0".repeat(64);
        String good = "{\"id\":\"aaaaaaaaaaaa\",\"name\":\"n\",\"scopes\":[\"read\"],\"createdAt\":1,\"hash\":\"" + hash
                + "\"}";
        for (String bad : List.of(
                "",
                "[]",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[{}]}",
                "{\"keys\":[" + good.replace("read", "everything") + "]}",
                "{\"keys\":[" + good.replace("[\"read\"]", "[]") + "]}",
                "{\"keys\":[" + good.replace(hash, "secret") + "]}",
                "{\"keys\":[" + good + "," + good + "]}")) {
            Files.writeString(file, bad);
            assertThatThrownBy(() -> ApiKeys.open(new ApiKeyFile(file)))
                    .as(bad)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + " holds no API keys")
                    .hasMessageNotContaining("secret");
        }
        Files.writeString(file, "{\"keys\":[" + good + "]}");
        ApiKeys.open(new ApiKeyFile(file)).close();
    }

    @Test
    void severalAtOnceLoseNoKeyAndNobodyElseReadsThem() throws IOException {
        IntStream.range(0, 40).parallel().forEach(i -> {
            try {
                made(ApiScope.READ);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(ApiKeyFile.in(folder).read()).hasSize(40);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(ApiKeyFile.NAME))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(ApiKeyFile.NAME, ApiKeyFile.NAME + ".lock");
        }
    }

    @Test
    void noSecretIsShown() {
        ApiKey.Made made = ApiKey.make("n", EnumSet.allOf(ApiScope.class), 0);
        String secret = made.text().substring(16);
        assertThat(made.toString() + made.key() + ApiKey.Presented.of(made.text()))
                .doesNotContain(secret);
        assertThat(made.text()).startsWith(ApiKey.PREFIX + made.key().id() + "_");
    }
}
