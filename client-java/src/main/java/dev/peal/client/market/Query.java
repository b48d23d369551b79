package dev.peal.client.market;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What stands in an address. */
final class Query {
    private Query() {}

    static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
