package dev.peal.ot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operation may say. The server asks before it accepts one; a client may ask first.
 *
 * @param opsMax ops of one operation
 * @param insertedMax what one operation inserts, counted as {@link Document#size} does
 * @param lengthMax units of a document
 * @param sizeMax {@link Document#size} of a document
 * @param attributes each allowed attribute by its name
 * @param embeds each allowed kind of embed
 */
public record DocumentRules(
        int opsMax,
        int insertedMax,
        int lengthMax,
        long sizeMax,
        Map<String, ValueRule> attributes,
        Map<String, ValueRule> embeds) {
    /** The formats of Quill 2 but its tables; images, formulas and dividers. */
    public static final DocumentRules DEFAULT =
            new DocumentRules(10_000, 2_000_000, 10_000_000, 20_000_000, DefaultRules.ATTRIBUTES, DefaultRules.EMBEDS);

    /** What {@link #withEmbed} takes to allow videos: an http or https address. */
    public static final ValueRule WEB_ADDRESS = Links::isWebAddress;

    public DocumentRules {
        if (opsMax < 1 || insertedMax < 1 || lengthMax < 1 || sizeMax < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
        attributes = Map.copyOf(attributes);
        embeds = Map.copyOf(embeds);
    }

    public DocumentRules withLimits(int ops, int inserted, int length, long size) {
        return new DocumentRules(ops, inserted, length, size, attributes, embeds);
    }

    public DocumentRules withAttribute(String name, ValueRule rule) {
        return new DocumentRules(opsMax, insertedMax, lengthMax, sizeMax, with(attributes, name, rule), embeds);
    }

    public DocumentRules withEmbed(String kind, ValueRule rule) {
        return new DocumentRules(opsMax, insertedMax, lengthMax, sizeMax, attributes, with(embeds, kind, rule));
    }

    private static Map<String, ValueRule> with(Map<String, ValueRule> rules, String name, ValueRule rule) {
        Map<String, ValueRule> more = new HashMap<>(rules);
        more.put(name, rule);
        return more;
    }

    /** Everything: {@link #checkContent} and {@link #checkFit}. Empty where {@code operation} may be applied to {@code document}. */
    public Optional<Rejection> check(Delta operation, Document document) {
        return checkContent(operation).or(() -> checkFit(operation, document));
    }

    /** What can be said of an operation before it is transformed: its size, texts, attributes and embeds. */
    public Optional<Rejection> checkContent(Delta operation) {
        List<Op> ops = operation.ops();
        if (ops.size() > opsMax) {
            return rejection(Rejection.Reason.TOO_MANY_OPS, opsMax);
        }
        long inserted = 0;
        for (int i = 0; i < ops.size(); i++) {
            Op op = ops.get(i);
            if (op instanceof Op.Content run) {
                inserted += Leaf.size(run);
                if (inserted > insertedMax) {
                    return rejection(Rejection.Reason.TOO_MUCH_INSERTED, i);
                }
            }
            Rejection.Reason reason = contentProblem(op);
            if (reason != null) {
                return rejection(reason, i);
            }
        }
        return Optional.empty();
    }

    private Rejection.@Nullable Reason contentProblem(Op op) {
        if (op instanceof Op.Insert insert && !Text.isWellFormed(insert.text())) {
            return Rejection.Reason.TEXT_ILL_FORMED;
        }
        if (op instanceof Op.Embed embed) {
            ValueRule rule = embeds.get(embed.kind());
            if (rule == null) {
                return Rejection.Reason.EMBED_NOT_ALLOWED;
            }
            if (!rule.allows(embed.value())) {
                return Rejection.Reason.EMBED_VALUE;
            }
        }
        return attributeProblem(op.attributes());
    }

    private Rejection.@Nullable Reason attributeProblem(Attributes worn) {
        for (int i = 0; i < worn.size(); i++) {
            ValueRule rule = attributes.get(worn.name(i));
            if (rule == null) {
                return Rejection.Reason.ATTRIBUTE_NOT_ALLOWED;
            }
            Object value = worn.value(i);
            if (value != null && !rule.allows(value)) {
                return Rejection.Reason.ATTRIBUTE_VALUE;
            }
        }
        return null;
    }

    /** What needs the document that {@code operation} is about to change, after it was transformed. */
    public Optional<Rejection> checkFit(Delta operation, Document document) {
        List<Op> ops = operation.ops();
        long at = 0;
        long length = document.length();
        for (int i = 0; i < ops.size(); i++) {
            Op op = ops.get(i);
            if (op instanceof Op.Content) {
                length += op.length();
                continue;
            }
            at += op.length();
            if (at > document.length()) {
                return rejection(Rejection.Reason.OUT_OF_RANGE, i);
            }
            if (document.splitsPair((int) at)) {
                return rejection(Rejection.Reason.SPLITS_PAIR, i);
            }
            length -= op instanceof Op.Delete ? op.length() : 0;
        }
        boolean tooLong = length > lengthMax && length > document.length() || becomesTooLarge(operation, document);
        return tooLong ? rejection(Rejection.Reason.DOCUMENT_TOO_LONG, ops.size()) : Optional.empty();
    }

    /** What makes a document smaller that is too large already is welcome. */
    private boolean becomesTooLarge(Delta operation, Document document) {
        if (!mayBecomeTooLarge(operation, document)) {
            return false;
        }
        long size = document.apply(operation).size();
        return size > sizeMax && size > document.size();
    }

    /** Mostly it cannot, and need not be tried. */
    private boolean mayBecomeTooLarge(Delta operation, Document document) {
        long growth = 0;
        for (Op op : operation.ops()) {
            growth += op instanceof Op.Content run
                    ? Leaf.size(run)
                    : op.attributes().cost() * op.length();
        }
        return growth > 0 && document.size() + growth > sizeMax;
    }

    private static Optional<Rejection> rejection(Rejection.Reason reason, int op) {
        return Optional.of(new Rejection(reason, op));
    }
}
