package dev.peal.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.MemoryLog;
import dev.peal.log.Retention;
import dev.peal.log.RoomLog;
import dev.peal.testkit.SearchContract;
import dev.peal.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class LogSearchTest extends SearchContract {
    @Override
    protected RoomLog createLog(Clock clock, Function<String, Retention> retention) {
        return new MemoryLog(clock, retention);
    }

    @Override
    protected Search createSearch(RoomLog log, Function<String, Optional<EntryText>> texts) {
        return new LogSearch(log, texts);
    }

    @Override
    protected void closeAll() {
        log().close();
    }

    @Test
    void looksAtSoManyEntriesForOneRequest() {
        say(room, "hit");
        String[] others = new String[LogSearch.ENTRIES_MAX];
        Arrays.fill(others, "x");
        say(room, others);
        SearchRequest request = new SearchRequest(room, "hit", Long.MAX_VALUE, 50);
        assertThat(page(request)).isEqualTo(new SearchRead.Found(List.of(), 2L));
        assertThat(page(request.before(2)).hits()).hasSize(1);
        assertThat(page(request.before(2)).next()).isNull();
    }
}
