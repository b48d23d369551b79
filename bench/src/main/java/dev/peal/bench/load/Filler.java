package dev.peal.bench.load;

import java.util.Random;

/** What fills messages up to their size: one letter for those whose size alone matters, or English words, each time others, for those that get compressed. */
final class Filler {
    private static final String[] WORDS =
            ("the of and to in is you that it he was for on are as with his they at be this have from or one had by word but not "
                            + "what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her "
                            + "would make like him into time has look two more write go see number no way could people my than first water been call who oil its now "
                            + "find long down day did get come made may part")
                    .split(" ");
    private static final int WORDS_PER_FILLER = 600;

    private final boolean words;
    private final Random random = new Random(7);

    Filler(String kind) {
        words = kind.equals("words");
    }

    String next() {
        if (!words) {
            return "x";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS_PER_FILLER; i++) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
