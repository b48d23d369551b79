package dev.peal.docs;

import dev.peal.app.Caller;
import dev.peal.app.HttpCall;
import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.limit.AddressKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests to routes without a server: an exact path first, as the edge looks for it. */
public final class RouteCalls {
    private RouteCalls() {}

    /** @param request {@code PUT /api/docs/x/access/bob} */
    public static CompletableFuture<HttpReply> call(
            List<HttpRoute> routes, Caller caller, AddressKey address, String request, String body) {
        String method = request.substring(0, request.indexOf(' '));
        String target = request.substring(request.indexOf(' ') + 1);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Map<String, String> query = new HashMap<>();
        for (String part :
                question < 0 ? new String[0] : target.substring(question + 1).split("&")) {
            query.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(body);
        for (boolean exact : List.of(true, false)) {
            for (HttpRoute route : routes) {
                Matcher matcher = Pattern.compile(route.path().replaceAll("\\{[^/]*}", "([^/]+)"))
                        .matcher(path);
                boolean fits = route.method().name().equals(method) && matcher.matches();
                if (fits && exact == route.parameters().isEmpty()) {
                    Map<String, String> values = new HashMap<>();
                    for (int i = 0; i < route.parameters().size(); i++) {
                        values.put(route.parameters().get(i), matcher.group(i + 1));
                    }
                    return route.handler()
                            .handle(caller, new HttpCall(address, values, query, json))
                            .toCompletableFuture();
                }
            }
        }
        throw new AssertionError("no route for " + request);
    }
}
