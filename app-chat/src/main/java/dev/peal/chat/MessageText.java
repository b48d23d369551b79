package dev.peal.chat;

import dev.peal.log.Entry;
import dev.peal.search.EntryText;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What people said: both types of message have it in the same field. */
final class MessageText implements EntryText {
    private static final Set<String> TYPES = Set.of("chat", "message");
    private static final JsonMapper MAPPER = JsonMapper.shared();

    @Override
    public Optional<String> of(Entry entry) {
        if (!TYPES.contains(entry.type())) {
            return Optional.empty();
        }
        try {
            return MAPPER.readTree(entry.data()).path("message").stringValueOpt();
        } catch (JacksonException e) {
            return Optional.empty(); // a program's own publish of that type need not be JSON; then it is no text
        }
    }
}
