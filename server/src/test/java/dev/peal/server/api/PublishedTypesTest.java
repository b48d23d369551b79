package dev.peal.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PublishedTypesTest {
    @Test
    void nothingThatIsPublishedCanPassAsTheServersOwnWord() throws IOException {
        TreeSet<String> own = new TreeSet<>();
        try (var file = getClass().getResourceAsStream("/dev/peal/spec/schemas/index.json")) {
            for (JsonNode type :
                    JsonMapper.shared().readTree(file.readAllBytes()).path("server")) {
                own.add(type.asString());
            }
        }
        own.removeAll(List.of("chat", "message"));
        assertThat(own).isNotEmpty();
        assertThat(RoomRoutes.SERVER_TYPES).containsAll(own);
    }
}
