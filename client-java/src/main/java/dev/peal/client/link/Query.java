package dev.peal.client.link;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The small languages of a poll's query and of its answer's headers. Pure. */
final class Query {
    private Query() {}

    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A header by room: the value alone where one room was asked for, else {@code R@value} or {@code R=value}, apart by commas. */
    static Map<String, String> values(HttpResponse<?> response, String name, List<String> rooms) {
        String text = response.headers().firstValue(name).orElse("");
        Map<String, String> values = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String one = part.strip();
            int end = roomEnd(one);
            if (end > 0 && rooms.contains(one.substring(0, end))) {
                values.put(one.substring(0, end), one.substring(end + 1));
            } else if (rooms.size() == 1 && !one.isEmpty()) {
                values.put(rooms.get(0), one);
            }
        }
        return values;
    }

    private static int roomEnd(String text) {
        int at = text.indexOf('@');
        int equals = text.indexOf('=');
        return at < 0 || equals >= 0 && equals < at ? equals : at;
    }
}
