package dev.peal.server.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.chat.ChatApp;
import dev.peal.limit.ConnectionLimits;
import dev.peal.server.fallback.FallbackRig.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** However many rooms are asked for at once, an answer has its limit, and what does not fit comes next. */
final class PollPagesTest {
    private static final int ROOMS = 64;
    private static final int ENTRIES = 40;
    private static final int BYTES_MAX = 5 << 20;

    /** As many bytes as a message may have. */
    private static final String LONG = "\uD83D\uDD14".repeat(996);

    private final FallbackRig rig = new FallbackRig(new ChatApp(), new ConnectionLimits(1, 1));
    private final String rooms =
            IntStream.range(0, ROOMS).mapToObj(i -> "room=r" + i).collect(Collectors.joining("&"));

    private void fill() {
        for (int room = 0; room < ROOMS; room++) {
            for (int entry = 1; entry <= ENTRIES; entry++) {
                rig.say("r" + room, entry + LONG);
            }
        }
    }

    private Asked read(String query) {
        Asked asked = rig.read(query, "ann");
        rig.settle();
        return asked;
    }

    private static Map<String, List<Integer>> byRoom(Asked page) {
        Map<String, List<Integer>> offsets = new TreeMap<>();
        for (JsonNode entry : JsonMapper.shared().readTree(page.body())) {
            offsets.computeIfAbsent(entry.at("/data/roomId").asString(), room -> new ArrayList<>())
                    .add(entry.path("offset").asInt());
        }
        return offsets;
    }

    @Test
    void theNewestOfManyRoomsAreAsManyAsFit() {
        fill();
        Asked page = read("?" + rooms);
        assertThat(page.body().length).isLessThan(BYTES_MAX);
        assertThat(byRoom(page))
                .hasSize(ROOMS)
                .allSatisfy((room, offsets) ->
                        assertThat(offsets).isNotEmpty().endsWith(ENTRIES).isSorted());
    }

    @Test
    void whatCameToManyRoomsComesPageByPageOnceAndInOrder() {
        String since = rig.since("?" + rooms, "ann");
        fill();
        Map<String, List<Integer>> all = new TreeMap<>();
        boolean more = true;
        while (more) {
            Asked page = read("?" + rooms + since);
            assertThat(page.body().length).isLessThan(BYTES_MAX);
            byRoom(page)
                    .forEach((room, offsets) -> all.computeIfAbsent(room, first -> new ArrayList<>())
                            .addAll(offsets));
            since = FallbackRig.since(page);
            more = page.header("Peal-More").equals("true");
        }
        List<Integer> each = IntStream.rangeClosed(1, ENTRIES).boxed().toList();
        assertThat(all)
                .hasSize(ROOMS)
                .allSatisfy((room, offsets) -> assertThat(offsets).isEqualTo(each));
    }
}
