package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** jqwik prints the seed of a failure. */
class RoomGlobsProperties {
    @Property(tries = 5000)
    void agreesWithARegularExpression(
            @ForAll @Chars({'a', 'b', '-', '*', '?'}) @StringLength(max = 8) String pattern,
            @ForAll @Chars({'a', 'b', '-'}) @StringLength(max = 10) String room) {
        String regex = pattern.replace("*", ".*").replace("?", ".");
        assertThat(RoomGlobs.of(List.of(pattern)).allows(room)).isEqualTo(Pattern.matches(regex, room));
    }

    @Example
    void anyPatternMayMatch() {
        var globs = RoomGlobs.of(List.of("lobby", "team-*", "room-?"));
        assertThat(List.of("lobby", "team-", "team-red", "room-1")).allMatch(globs::allows);
        assertThat(List.of("", "Lobby", "lobby2", "team", "room-", "room-12")).noneMatch(globs::allows);
    }

    @Example
    void noPatternOpensNoRoom() {
        assertThat(RoomGlobs.of(List.of()).allows("lobby")).isFalse();
        assertThat(RoomGlobs.ALL.allows("lobby")).isTrue();
    }

    @Example
    void aHostilePatternTakesNoTime() {
        var globs = RoomGlobs.of(Collections.nCopies(RoomGlobs.PATTERNS_MAX, "a*".repeat(60) + "b"));
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(globs.allows("a".repeat(128))).isFalse());
    }

    @Example
    void thereAreOnlySoManyAndSoLong() {
        RoomGlobs.of(Collections.nCopies(RoomGlobs.PATTERNS_MAX, "x".repeat(RoomGlobs.PATTERN_LENGTH_MAX)));
        assertThatThrownBy(() -> RoomGlobs.of(Collections.nCopies(RoomGlobs.PATTERNS_MAX + 1, "x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RoomGlobs.of(List.of("x".repeat(RoomGlobs.PATTERN_LENGTH_MAX + 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
