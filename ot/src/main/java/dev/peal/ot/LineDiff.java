package dev.peal.ot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Compares long texts line by line, each different line as one unit, and then only the lines that were replaced unit by unit. So the
 * search for a few edits in a large document does not grow with the units that were edited.
 */
final class LineDiff {
    /** Units that are no halves of pairs. */
    private static final int LINES_MAX = 0xD800;

    private final Map<String, Character> unitOf = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private LineDiff() {}

    /** Empty where lines are of no help: there are too few, or too many different ones. {@code diff} compares two texts. */
    static List<Piece> diff(String before, String after, BiFunction<String, String, List<Piece>> diff) {
        LineDiff byLine = new LineDiff();
        String unitsBefore = byLine.units(before);
        String unitsAfter = byLine.units(after);
        if (byLine.lines.size() > LINES_MAX
                || !byLine.shrinks(unitsBefore, before)
                || !byLine.shrinks(unitsAfter, after)) {
            return List.of();
        }
        List<Piece> pieces = new ArrayList<>();
        String deleted = "";
        for (Piece piece : diff.apply(unitsBefore, unitsAfter)) {
            String text = byLine.text(piece.text);
            if (piece.is(Piece.Kind.DELETED)) {
                deleted = text;
                continue;
            }
            boolean replaces = piece.is(Piece.Kind.INSERTED) && !deleted.isEmpty();
            if (replaces) {
                pieces.addAll(diff.apply(deleted, text));
            } else {
                if (!deleted.isEmpty()) {
                    pieces.add(new Piece(Piece.Kind.DELETED, deleted));
                }
                pieces.add(new Piece(piece.kind, text));
            }
            deleted = "";
        }
        if (!deleted.isEmpty()) {
            pieces.add(new Piece(Piece.Kind.DELETED, deleted));
        }
        return pieces;
    }

    /** Else comparing lines is no less work than comparing units. */
    private boolean shrinks(String units, String text) {
        return units.length() > 1 && units.length() <= text.length() / 4;
    }

    private String units(String text) {
        StringBuilder units = new StringBuilder();
        for (int from = 0; from < text.length() && lines.size() <= LINES_MAX; ) {
            int end = text.indexOf('\n', from) + 1;
            String line = text.substring(from, end == 0 ? text.length() : end);
            Character unit = unitOf.get(line);
            if (unit == null) {
                unit = (char) lines.size();
                unitOf.put(line, unit);
                lines.add(line);
            }
            units.append(unit.charValue());
            from += line.length();
        }
        return units.toString();
    }

    private String text(String units) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < units.length(); i++) {
            text.append(lines.get(units.charAt(i)));
        }
        return text.toString();
    }
}
