package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be in a document and what may not (PROMISES 65). */
class DocumentRulesTest {
    private static final DocumentRules RULES = DocumentRules.DEFAULT;
    private static final Attributes BOLD = Attributes.of("bold", true);
    private static final Document ABC = Document.of(Delta.ofText("abc"));

    private static void accepts(DocumentRules rules, Delta operation, Document document) {
        assertThat(rules.check(operation, document)).isEmpty();
        document.apply(operation);
    }

    private static void rejects(
            Rejection.Reason reason, int op, DocumentRules rules, Delta operation, Document document) {
        assertThat(rules.check(operation, document)).contains(new Rejection(reason, op));
    }

    private static void rejects(Rejection.Reason reason, int op, Op... ops) {
        rejects(reason, op, RULES, Delta.of(ops), ABC);
    }

    @Test
    void acceptsWhatQuillsToolbarDoes() {
        Map<String, Object> worn = Map.ofEntries(
                Map.entry("bold", true),
                Map.entry("italic", true),
                Map.entry("underline", true),
                Map.entry("strike", true),
                Map.entry("code", true),
                Map.entry("link", "https://example.org/a?b=c:d#e"),
                Map.entry("color", "#e60000"),
                Map.entry("background", "rgb(255, 255, 0)"),
                Map.entry("size", "large"),
                Map.entry("font", "monospace"),
                Map.entry("script", "super"),
                Map.entry("header", 2),
                Map.entry("list", "bullet"),
                Map.entry("align", "center"),
                Map.entry("indent", 8),
                Map.entry("direction", "rtl"),
                Map.entry("blockquote", true),
                Map.entry("code-block", "javascript"));
        worn.forEach((name, value) -> {
            Attributes one = Attributes.of(name, value);
            accepts(RULES, Delta.of(new Op.Retain(1, one), new Op.Insert("x", one)), ABC);
            accepts(RULES, Delta.of(new Op.Retain(1, Attributes.removing(name))), ABC);
        });
        accepts(RULES, Delta.of(new Op.Insert("x", Attributes.of("code-block", true))), ABC);
        accepts(RULES, Delta.of(new Op.Embed("formula", "e=mc^2"), new Op.Embed("divider", true)), ABC);
        accepts(
                RULES,
                Delta.of(new Op.Embed("image", "https://example.org/a.png", Attributes.of("width", "120"))),
                ABC);
    }

    @Test
    void rejectsOtherAttributesAndValues() {
        for (String name : List.of("onclick", "style", "class", "__proto__", "constructor", "", "Bold", "table")) {
            rejects(Rejection.Reason.ATTRIBUTE_NOT_ALLOWED, 0, new Op.Insert("x", Attributes.of(name, true)));
            rejects(Rejection.Reason.ATTRIBUTE_NOT_ALLOWED, 0, new Op.Retain(1, Attributes.removing(name)));
        }
        Map<String, List<Object>> wrong = Map.ofEntries(
                Map.entry("bold", List.of(false, "true", 1)),
                Map.entry("color", List.of("red;background:url(x)", "#12", "#12345", "url(x)", "expression(1)", "", 1)),
                Map.entry("background", List.of("rgb(1,2,3);x", "rgb(((", "rgb(" + "1".repeat(60) + ")")),
                Map.entry("size", List.of("10", "99999px", "1px;", "huge ", true)),
                Map.entry("font", List.of("a\"b", "x;y", "a".repeat(65), " a", "")),
                Map.entry("script", List.of("sup", true)),
                Map.entry("header", List.of(0, 7, 1.5, "1", true)),
                Map.entry("list", List.of("todo", true)),
                Map.entry("align", List.of("start")),
                Map.entry("indent", List.of(0, 9, -1, "+1")),
                Map.entry("direction", List.of("ltr")),
                Map.entry("code-block", List.of(false, "a b", "<script>")),
                Map.entry("alt", List.of("x".repeat(1_001), "\uD83D")),
                Map.entry("width", List.of("100vw", "1e9", 0, "-1")));
        wrong.forEach((name, values) -> values.forEach(value -> {
            Op.Retain retain = new Op.Retain(1, Attributes.of(name, value));
            rejects(Rejection.Reason.ATTRIBUTE_VALUE, 1, new Op.Retain(1), retain);
        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org",
                "HTTPS://EXAMPLE.ORG",
                "mailto:a@example.org",
                "tel:+1-555",
                "/a:b",
                "a/b",
                "#a:b",
                "?a:b",
                "../a",
                "//example.org",
                "exämple/ü",
                "javascript"
            })
    void takesLinks(String link) {
        accepts(RULES, Delta.of(new Op.Retain(1, Attributes.of("link", link))), ABC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java\tscript:alert(1)",
                "java\nscript:alert(1)",
                "java\u0000script:alert(1)",
                "\u0001javascript:alert(1)",
                " javascript:alert(1)",
                "\u00A0javascript:alert(1)",
                "javascript :alert(1)",
                "http\n://example.org",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "blob:x",
                "about:blank",
                "view-source:x",
                "httpx:x",
                ":x",
                "",
                " ",
                "http://example.org/\uD83D",
                "x\u0085y",
                "\u202Ejavascript:x"
            })
    void rejectsOtherLinks(String link) {
        rejects(Rejection.Reason.ATTRIBUTE_VALUE, 0, new Op.Retain(1, Attributes.of("link", link)));
    }

    @Test
    void rejectsLongLinks() {
        String most = "http://" + "x".repeat(2_041);
        accepts(RULES, Delta.of(new Op.Retain(1, Attributes.of("link", most))), ABC);
        rejects(Rejection.Reason.ATTRIBUTE_VALUE, 0, new Op.Retain(1, Attributes.of("link", most + "x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/a.png",
                "https://example.org/a.svg",
                "data:image/png;base64,iVBORw0KGgo=",
                "data:image/jpeg;base64,AAAA",
                "DATA:image/GIF;base64,AAAA",
                "data:image/webp;base64,AA"
            })
    void takesImages(String image) {
        accepts(RULES, Delta.of(new Op.Embed("image", image)), ABC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/svg+xml;base64,AAAA",
                "data:image/png,AAAA",
                "data:image/png;base64,",
                "data:image/png;base64,A\"onerror=x",
                "data:image/png;charset=x;base64,AAAA",
                "data:text/html;base64,AAAA",
                "data:image/png;base64,AA AA",
                "javascript:x",
                "//example.org/a.png",
                "a.png",
                "mailto:x",
                ""
            })
    void rejectsOtherImages(String image) {
        rejects(Rejection.Reason.EMBED_VALUE, 1, new Op.Retain(1), new Op.Embed("image", image));
    }

    @Test
    void rejectsLargeImages() {
        String start = "data:image/png;base64,";
        String most = start + "A".repeat(1_000_000 - start.length());
        accepts(RULES, Delta.of(new Op.Embed("image", most)), ABC);
        rejects(Rejection.Reason.EMBED_VALUE, 0, new Op.Embed("image", most + "A"));
    }

    @Test
    void rejectsOtherEmbeds() {
        rejects(Rejection.Reason.EMBED_NOT_ALLOWED, 0, new Op.Embed("video", "https://example.org"));
        rejects(Rejection.Reason.EMBED_NOT_ALLOWED, 0, new Op.Embed("__proto__", "x"));
        rejects(Rejection.Reason.EMBED_VALUE, 0, new Op.Embed("divider", "x"));
        rejects(Rejection.Reason.EMBED_VALUE, 0, new Op.Embed("formula", List.of("x")));
        rejects(Rejection.Reason.EMBED_VALUE, 0, new Op.Embed("formula", "x".repeat(2_001)));
        rejects(Rejection.Reason.EMBED_VALUE, 0, new Op.Embed("image", Map.of("src", "x")));
    }

    @Test
    void aProgramMayAllowMore() {
        DocumentRules rules =
                RULES.withEmbed("video", DocumentRules.WEB_ADDRESS).withAttribute("mark", ValueRule.TRUE);
        accepts(rules, Delta.of(new Op.Embed("video", "https://example.org/v")), ABC);
        accepts(rules, Delta.of(new Op.Retain(1, Attributes.of("mark", true))), ABC);
        rejects(Rejection.Reason.EMBED_VALUE, 0, rules, Delta.of(new Op.Embed("video", "javascript:x")), ABC);
    }

    @Test
    void rejectsWhatReachesBeyondTheEnd() {
        accepts(RULES, Delta.of(new Op.Retain(3)), ABC);
        rejects(Rejection.Reason.OUT_OF_RANGE, 0, new Op.Retain(4));
        rejects(Rejection.Reason.OUT_OF_RANGE, 0, new Op.Delete(4));
        rejects(Rejection.Reason.OUT_OF_RANGE, 0, new Op.Retain(1_000_000_000, BOLD));
        rejects(Rejection.Reason.OUT_OF_RANGE, 0, new Op.Retain(Integer.MAX_VALUE));
        rejects(Rejection.Reason.OUT_OF_RANGE, 2, new Op.Retain(2), new Op.Insert("x"), new Op.Delete(2));
        rejects(
                Rejection.Reason.OUT_OF_RANGE,
                1,
                new Op.Retain(1),
                new Op.Delete(Integer.MAX_VALUE),
                new Op.Retain(Integer.MAX_VALUE, BOLD));
    }

    /** What was out of range on its own revision is so after it was transformed. */
    @Test
    void rejectsWhatReachedBeyondTheEndBeforeOthersEdited() {
        long seed = Cases.firstSeed();
        for (int i = 0; i < 10_000; i++) {
            Cases random = new Cases(seed + i, true);
            Delta document = random.document(6);
            Delta other = random.change(document);
            int beyond = 1 + random.below(3);
            Delta op = random.chance(5)
                    ? Delta.builder()
                            .retain((int) document.length() + beyond)
                            .insert("x")
                            .build()
                    : Delta.builder().delete((int) document.length() + beyond).build();
            assertThat(RULES.checkFit(other.transform(op, true), Document.of(document.compose(other))))
                    .as("seed %d: %s %s %s", seed + i, document, other, op)
                    .map(Rejection::reason)
                    .contains(Rejection.Reason.OUT_OF_RANGE);
        }
    }

    @Test
    void rejectsWhatSplitsAPair() {
        Document emoji = Document.of(Delta.ofText("a\uD83D\uDE00b"));
        for (Op op : List.of(new Op.Retain(2), new Op.Delete(2), new Op.Retain(2, BOLD))) {
            rejects(Rejection.Reason.SPLITS_PAIR, 0, RULES, Delta.of(op), emoji);
            rejects(Rejection.Reason.SPLITS_PAIR, 1, RULES, Delta.of(new Op.Insert("x"), op), emoji);
        }
        rejects(Rejection.Reason.SPLITS_PAIR, 1, RULES, Delta.of(new Op.Retain(1), new Op.Delete(1)), emoji);
        accepts(RULES, Delta.of(new Op.Retain(1), new Op.Delete(2)), emoji);
        accepts(RULES, Delta.of(new Op.Retain(3), new Op.Insert("x")), emoji);
    }

    @Test
    void rejectsHalfAPair() {
        for (String text : List.of("\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "x\uDE00")) {
            rejects(Rejection.Reason.TEXT_ILL_FORMED, 0, new Op.Insert(text));
        }
        accepts(RULES, Delta.of(new Op.Insert("\uD83D\uDE00\uD83D\uDE01")), ABC);
    }

    /** Ops that keep pairs whole do so after they were transformed over such. */
    @Test
    void whatFitsStillFitsAfterOthersEdited() {
        long seed = Cases.firstSeed();
        for (int i = 0; i < 50_000; i++) {
            Cases random = new Cases(seed + i, true);
            Delta document = random.document(6);
            Delta other = random.change(document);
            Delta op = random.change(document);
            Document after = Document.of(document.compose(other));
            assertThat(RULES.checkFit(op, Document.of(document))).isEmpty();
            assertThat(RULES.checkFit(other.transform(op, i % 2 == 0), after))
                    .as("seed %d: %s %s %s", seed + i, document, other, op)
                    .isEmpty();
        }
    }

    @Test
    void countsOps() {
        DocumentRules rules = RULES.withLimits(3, 100, 100, 1_000);
        Delta three = Delta.of(new Op.Insert("a"), new Op.Insert("b", BOLD), new Op.Insert("c"));
        accepts(rules, three, ABC);
        rejects(
                Rejection.Reason.TOO_MANY_OPS,
                3,
                rules,
                three.compose(Delta.builder().retain(3).insert("d", BOLD).build()),
                ABC);
        List<Op> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(new Op.Insert("x", i % 2 == 0 ? BOLD : Attributes.NONE));
        }
        rejects(Rejection.Reason.TOO_MANY_OPS, 10_000, RULES, Delta.of(many), ABC);
    }

    @Test
    void countsWhatIsInserted() {
        DocumentRules rules = RULES.withLimits(10, 10, 100, 1_000);
        accepts(rules, Delta.of(new Op.Insert("x".repeat(10))), ABC);
        rejects(Rejection.Reason.TOO_MUCH_INSERTED, 0, rules, Delta.of(new Op.Insert("x".repeat(11))), ABC);
        rejects(
                Rejection.Reason.TOO_MUCH_INSERTED,
                2,
                rules,
                Delta.of(new Op.Insert("x".repeat(6)), new Op.Retain(1), new Op.Insert("x".repeat(5))),
                ABC);
    }

    @Test
    void aDocumentGrowsToItsLimit() {
        DocumentRules rules = RULES.withLimits(10, 100, 5, 1_000);
        accepts(rules, Delta.of(new Op.Insert("xy")), ABC);
        rejects(Rejection.Reason.DOCUMENT_TOO_LONG, 1, rules, Delta.of(new Op.Insert("xyz")), ABC);
        accepts(rules, Delta.of(new Op.Insert("xyz"), new Op.Delete(1)), ABC);
    }

    @Test
    void aDocumentThatIsTooLongAlreadyMayShrink() {
        DocumentRules rules = RULES.withLimits(10, 100, 2, 2);
        accepts(rules, Delta.of(new Op.Delete(1)), ABC);
        accepts(rules, Delta.of(new Op.Insert("x"), new Op.Delete(1)), ABC);
        rejects(Rejection.Reason.DOCUMENT_TOO_LONG, 1, rules, Delta.of(new Op.Insert("x")), ABC);
    }

    /** Small in units, large in memory: images, and a long link for each character. */
    @Test
    void countsEmbedsAndAttributesToADocumentsSize() {
        DocumentRules rules = RULES.withLimits(10, 10_000, 1_000, 2_500);
        Delta image = Delta.of(new Op.Embed("image", "http://" + "x".repeat(1_000)));
        Document one = ABC.apply(image);
        accepts(rules, image, one);
        rejects(Rejection.Reason.DOCUMENT_TOO_LONG, 1, rules, image, one.apply(image));
        Delta link = Delta.of(new Op.Retain(1, Attributes.of("link", "http://" + "y".repeat(2_000))));
        accepts(rules, link, ABC);
        rejects(Rejection.Reason.DOCUMENT_TOO_LONG, 1, rules, link, one);
        accepts(rules, Delta.of(new Op.Retain(1, BOLD)), one);
    }

    @Test
    void reasonsHaveNamesOnTheWire() {
        assertThat(Rejection.Reason.OUT_OF_RANGE.wire()).isEqualTo("out_of_range");
    }
}
