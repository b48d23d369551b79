package dev.peal.docs.client;

import dev.peal.ot.Attributes;
import dev.peal.ot.Delta;
import dev.peal.ot.DeltaBuilder;
import dev.peal.ot.Document;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random edits in which each character is typed once, and what a text must then hold: replicas that agree may still agree on something that nobody wrote. Thread-safe.
 */
public final class KnownText {
    /** Characters of one unit, as many as a test may type; beyond come those of two. */
    private static final int FIRST = 0x3400;

    private static final int LAST = 0xD7FF;
    private static final int FIRST_PAIR = 0x10000;
    private static final int LAST_PAIR = 0x10FFFF;

    private final BitSet typed = new BitSet();
    private final BitSet deleted = new BitSet();
    /** What was typed at one go, in its order. */
    private final List<int[]> runs = new ArrayList<>();

    private int next = FIRST;
    private int nextPair = FIRST_PAIR;

    /** A change to a content that somebody sees: they type, delete or format. */
    public synchronized Delta change(Document content, Random random) {
        DeltaBuilder out = Delta.builder();
        int at = within(content, random.nextInt(content.length() + 1));
        int to = within(content, at + random.nextInt(Math.min(6, content.length() - at) + 1));
        out.retain(at);
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> out.insert(type(1 + random.nextInt(4), random));
            case 3 -> out.insert(type(1, random), Attributes.of("bold", true));
            case 4 -> {
                deleted(content.slice(at, to).text());
                out.delete(to - at);
            }
            default ->
                out.retain(to - at, random.nextBoolean() ? Attributes.of("bold", true) : Attributes.removing("bold"));
        }
        return out.build();
    }

    private static int within(Document content, int index) {
        return content.splitsPair(index) ? index - 1 : index;
    }

    private String type(int count, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean pair = random.nextInt(8) == 0 || next > LAST;
            int character = pair ? nextPair++ : next++;
            if (character > LAST_PAIR) {
                throw new IllegalStateException("all characters are typed");
            }
            text.appendCodePoint(character);
        }
        typed(text.toString());
        return text.toString();
    }

    /** Somebody typed this, which nobody else does. */
    public synchronized void typed(String text) {
        int[] run = text.codePoints().toArray();
        for (int character : run) {
            typed.set(character);
        }
        runs.add(run);
    }

    /** Somebody deleted this, which they saw. */
    public synchronized void deleted(String text) {
        text.codePoints().forEach(deleted::set);
    }

    /** What is wrong with a text that everything was done to: characters that are lost, doubled, back from the dead, nobody's or out of their order. Empty: nothing. */
    public synchronized List<String> faults(Document content) {
        List<String> faults = new ArrayList<>();
        BitSet there = new BitSet();
        content.text().codePoints().forEach(character -> {
            if (there.get(character)) {
                faults.add("U+%X is there twice".formatted(character));
            }
            there.set(character);
        });
        BitSet expected = (BitSet) typed.clone();
        expected.andNot(deleted);
        BitSet lost = (BitSet) expected.clone();
        lost.andNot(there);
        lost.stream().forEach(character -> faults.add("U+%X is lost".formatted(character)));
        there.andNot(expected);
        there.stream().forEach(character -> faults.add("U+%X should not be there".formatted(character)));
        faults.addAll(disorder(content));
        return faults;
    }

    private List<String> disorder(Document content) {
        Map<Integer, Integer> places = new HashMap<>();
        content.text().codePoints().forEach(character -> places.put(character, places.size()));
        List<String> faults = new ArrayList<>();
        for (int[] run : runs) {
            int before = -1;
            for (int character : run) {
                int place = places.getOrDefault(character, before);
                if (place < before) {
                    faults.add("U+%X is before what was typed before it".formatted(character));
                }
                before = place;
            }
        }
        return faults;
    }
}
