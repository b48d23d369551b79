package dev.peal.ot;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The vectors of what quill-delta has no opinion on: reading, selections, rules. Their answers are written here, not computed. */
final class HandMadeVectors {
    private static final String ABC = "[{'insert':'abc'}]";
    private static final String EMOJI = "[{'insert':'a😀b'}]";

    private final ArrayNode cases = JsonNodeFactory.instance.arrayNode();

    private HandMadeVectors() {}

    static ArrayNode cases() {
        HandMadeVectors made = new HandMadeVectors();
        made.reading();
        made.selections();
        made.ranges();
        made.texts();
        made.attributes();
        made.links();
        made.embeds();
        return made.cases;
    }

    /** Quotes are single in what is given, so that it can be read. */
    private static JsonNode json(String text) {
        return JsonDeltas.MAPPER.readTree(text.replace('\'', '"'));
    }

    private static JsonNode delta(String ops) {
        return json("{'ops':" + ops + "}");
    }

    private ObjectNode add(String call, String name) {
        return cases.addObject().put("name", name).put("call", call);
    }

    private void reads(String name, String ops, @Nullable String canonical) {
        JsonNode result = canonical == null ? JsonNodeFactory.instance.nullNode() : delta(canonical);
        add("read", name).set("delta", delta(ops)).set("result", result);
    }

    private void readsNot(String name, String ops) {
        reads(name, ops, null);
    }

    private void reading() {
        reads("no ops", "[]", "[]");
        reads(
                "like ops become one",
                "[{'insert':'a'},{'insert':'b'},{'retain':1},{'retain':2}]",
                "[{'insert':'ab'},{'retain':3}]");
        reads(
                "an insert comes before a delete",
                "[{'delete':1},{'insert':'a'},{'delete':2}]",
                "[{'insert':'a'},{'delete':3}]");
        reads(
                "null takes nothing from an insert",
                "[{'insert':'a','attributes':{'bold':null}},{'insert':'b','attributes':{'italic':true,'bold':null}}]",
                "[{'insert':'a'},{'insert':'b','attributes':{'italic':true}}]");
        reads(
                "null stays in a retain",
                "[{'retain':1,'attributes':{'bold':null}}]",
                "[{'retain':1,'attributes':{'bold':null}}]");
        reads("no attributes are none", "[{'retain':1,'attributes':{}},{'retain':1}]", "[{'retain':2}]");
        reads("1.0 is 1", "[{'retain':1.0},{'delete':2e0}]", "[{'retain':1},{'delete':2}]");
        reads(
                "an embed with a value that is an object",
                "[{'insert':{'mention':{'id':1,'tags':['a',null]}}}]",
                "[{'insert':{'mention':{'id':1,'tags':['a',null]}}}]");
        readsNot("an op of no kind", "[{}]");
        readsNot("an op of two kinds", "[{'insert':'a','delete':1}]");
        readsNot("an op with another name", "[{'insert':'a','extra':1}]");
        readsNot("an op that is no object", "['a']");
        readsNot("an op that is null", "[null]");
        readsNot("an op that is a list", "[[]]");
        readsNot("an empty insert", "[{'insert':''}]");
        readsNot("an insert of null", "[{'insert':null}]");
        readsNot("an insert of a number", "[{'insert':1}]");
        readsNot("an insert of a list", "[{'insert':['a']}]");
        readsNot("an embed of no kind", "[{'insert':{}}]");
        readsNot("an embed of two kinds", "[{'insert':{'image':'a','video':'b'}}]");
        readsNot("an embed whose kind has no name", "[{'insert':{'':'a'}}]");
        readsNot("an embed of null", "[{'insert':{'image':null}}]");
        readsNot("an embed that is deep", "[{'insert':{'a':[[[[[[[[[1]]]]]]]]]}}]");
        readsNot("a retain of 0", "[{'retain':0}]");
        readsNot("a retain of less than 0", "[{'retain':-1}]");
        readsNot("a retain of a half", "[{'retain':0.5}]");
        readsNot("a retain of text", "[{'retain':'1'}]");
        readsNot("a retain of an embed", "[{'retain':{'table':{}}}]");
        readsNot("a retain of 2^30", "[{'retain':1073741824}]");
        readsNot("retains of 2^30 together", "[{'retain':1073741823},{'delete':1}]");
        readsNot("a retain of 1e300", "[{'retain':1e300}]");
        readsNot("a delete of 0", "[{'delete':0}]");
        readsNot("a delete with attributes", "[{'delete':1,'attributes':{'bold':true}}]");
        readsNot("attributes that are null", "[{'retain':1,'attributes':null}]");
        readsNot("attributes that are a list", "[{'retain':1,'attributes':[]}]");
        readsNot("an attribute that is an object", "[{'retain':1,'attributes':{'bold':{}}}]");
        readsNot("an attribute that is a list", "[{'insert':'a','attributes':{'bold':[true]}}]");
        for (String wrong :
                new String[] {"[]", "null", "'a'", "{}", "{'ops':{}}", "{'ops':null}", "{'ops':[],'extra':1}"}) {
            add("read", "no delta: " + wrong).set("delta", json(wrong)).putNull("result");
        }
    }

    private void selects(
            String name, String ops, int index, int length, boolean priority, int newIndex, int newLength) {
        ObjectNode vector = add("select", name).put("priority", priority);
        vector.set("a", delta(ops));
        vector.putObject("selection").put("index", index).put("length", length);
        vector.putObject("result").put("index", newIndex).put("length", newLength);
    }

    private void selections() {
        selects("a range grows with what is inserted in it", "[{'retain':3},{'insert':'xy'}]", 2, 3, true, 2, 5);
        selects("a range moves with what is inserted before it", "[{'insert':'xy'}]", 2, 3, true, 4, 3);
        selects("a range stays before what is inserted behind it", "[{'retain':6},{'insert':'xy'}]", 2, 3, true, 2, 3);
        selects("a range does not grow at its beginning", "[{'retain':2},{'insert':'xy'}]", 2, 3, true, 4, 3);
        selects("a range does not grow at its end", "[{'retain':5},{'insert':'xy'}]", 2, 3, false, 2, 3);
        selects("a caret stays before an insert, with priority", "[{'retain':2},{'insert':'xy'}]", 2, 0, true, 2, 0);
        selects("a caret moves behind an insert, without", "[{'retain':2},{'insert':'xy'}]", 2, 0, false, 4, 0);
        selects("a range that is deleted is a caret", "[{'retain':1},{'delete':9}]", 2, 3, true, 1, 0);
        selects("a range that is replaced is a caret", "[{'retain':2},{'insert':'xy'},{'delete':3}]", 2, 3, true, 4, 0);
        selects("a range whose half is deleted is shorter", "[{'retain':1},{'delete':2}]", 2, 3, true, 1, 2);
    }

    private void checks(String name, String document, String ops, Rejection.@Nullable Reason reason, int op) {
        ObjectNode vector = add("check", name);
        vector.set("document", delta(document));
        vector.set("operation", delta(ops));
        if (reason == null) {
            vector.putNull("result");
        } else {
            vector.putObject("result").put("reason", reason.wire()).put("op", op);
        }
    }

    private void accepts(String name, String document, String ops) {
        checks(name, document, ops, null, 0);
    }

    private void ranges() {
        accepts("a retain of all", ABC, "[{'retain':3}]");
        checks("a retain beyond the end", ABC, "[{'retain':4}]", Rejection.Reason.OUT_OF_RANGE, 0);
        checks("a delete beyond the end", ABC, "[{'retain':2},{'delete':2}]", Rejection.Reason.OUT_OF_RANGE, 1);
        checks("a retain of 1e9", ABC, "[{'retain':1000000000}]", Rejection.Reason.OUT_OF_RANGE, 0);
        checks(
                "an empty document has nothing to delete",
                "[]",
                "[{'insert':'a'},{'delete':1}]",
                Rejection.Reason.OUT_OF_RANGE,
                1);
        accepts("an insert behind a pair", EMOJI, "[{'retain':3},{'insert':'x'}]");
        checks("an insert within a pair", EMOJI, "[{'retain':2},{'insert':'x'}]", Rejection.Reason.SPLITS_PAIR, 0);
        checks("a delete of half a pair", EMOJI, "[{'retain':1},{'delete':1}]", Rejection.Reason.SPLITS_PAIR, 1);
        checks("a delete of the other half", EMOJI, "[{'retain':2},{'delete':1}]", Rejection.Reason.SPLITS_PAIR, 0);
    }

    private void texts() {
        accepts("a pair", ABC, "[{'insert':'😀'}]");
        for (String wrong : new String[] {"\\ud83d", "\\ude00", "a\\ud83db", "\\ude00\\ud83d"}) {
            checks("half a pair: " + wrong, ABC, "[{'insert':'" + wrong + "'}]", Rejection.Reason.TEXT_ILL_FORMED, 0);
        }
    }

    private void worn(String name, String value, Rejection.@Nullable Reason reason) {
        String what = name + " " + value.toLowerCase(Locale.ROOT).replace("'", "");
        checks(what, ABC, "[{'retain':1,'attributes':{'" + name + "':" + value + "}}]", reason, 0);
    }

    private void attributes() {
        for (String name : new String[] {"bold", "italic", "underline", "strike", "code", "blockquote", "code-block"}) {
            worn(name, "true", null);
            worn(name, "null", null);
            worn(name, "false", Rejection.Reason.ATTRIBUTE_VALUE);
        }
        for (String name : new String[] {"onclick", "style", "__proto__", "Bold"}) {
            worn(name, "true", Rejection.Reason.ATTRIBUTE_NOT_ALLOWED);
        }
        String[][] fine = {
            {"color", "'#fff'"},
            {"color", "'rgba(0, 0, 0, 0.5)'"},
            {"background", "'yellow'"},
            {"size", "'huge'"},
            {"size", "'10.5pt'"},
            {"font", "'monospace'"},
            {"script", "'sub'"},
            {"header", "6"},
            {"list", "'checked'"},
            {"align", "'justify'"},
            {"indent", "8"},
            {"direction", "'rtl'"},
            {"code-block", "'c++'"}
        };
        for (String[] one : fine) {
            worn(one[0], one[1], null);
        }
        String[][] wrong = {
            {"color", "'#12'"},
            {"color", "'url(x)'"},
            {"background", "'red;x:y'"},
            {"size", "'1'"},
            {"font", "'a;b'"},
            {"script", "'sup'"},
            {"header", "0"},
            {"header", "7"},
            {"header", "'1'"},
            {"list", "'todo'"},
            {"align", "'start'"},
            {"indent", "9"},
            {"direction", "'ltr'"},
            {"code-block", "'a b'"}
        };
        for (String[] one : wrong) {
            worn(one[0], one[1], Rejection.Reason.ATTRIBUTE_VALUE);
        }
    }

    private void links() {
        for (String link :
                new String[] {"https://example.org", "HTTP://x", "mailto:a@b.c", "tel:+1", "/a:b", "#a", "../a", "?a:b"
                }) {
            worn("link", "'" + link + "'", null);
        }
        for (String link : new String[] {
            "javascript:x", "JavaScript:x", "java\\tscript:x", "java\\nscript:x", "\\u0001javascript:x",
                    " javascript:x",
            "data:text/html,x", "vbscript:x", "file:///x", "blob:x", "", " "
        }) {
            worn("link", "'" + link + "'", Rejection.Reason.ATTRIBUTE_VALUE);
        }
    }

    private void embed(String kind, String value, Rejection.@Nullable Reason reason) {
        checks(
                "embed " + kind + " " + value.replace("'", ""),
                ABC,
                "[{'insert':{'" + kind + "':" + value + "}}]",
                reason,
                0);
    }

    private void embeds() {
        embed("image", "'https://example.org/a.png'", null);
        embed("image", "'data:image/png;base64,AAAA'", null);
        embed("image", "'data:image/svg+xml;base64,AAAA'", Rejection.Reason.EMBED_VALUE);
        embed("image", "'javascript:x'", Rejection.Reason.EMBED_VALUE);
        embed("image", "'a.png'", Rejection.Reason.EMBED_VALUE);
        embed("formula", "'e=mc^2'", null);
        embed("formula", "1", Rejection.Reason.EMBED_VALUE);
        embed("divider", "true", null);
        embed("divider", "'x'", Rejection.Reason.EMBED_VALUE);
        embed("video", "'https://example.org'", Rejection.Reason.EMBED_NOT_ALLOWED);
        embed("__proto__", "'x'", Rejection.Reason.EMBED_NOT_ALLOWED);
    }
}
