package dev.peal.bench.load;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** The generator's process: one load, one line of JSON on the standard output, exit code 0 if every connection got ready. */
@Command(name = "load", description = "Puts one load on a WebSocket server on loopback.")
public final class LoadMain implements Callable<Integer> {
    @Mixin
    private LoadOptions options = new LoadOptions();

    private LoadMain() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        System.out.println(JsonMapper.shared().writeValueAsString(figures()));
        return 0;
    }

    private Map<String, Object> figures() throws IOException {
        return switch (options.mode) {
            case "cast" -> new CastLoad(options).run();
            case "request" -> new RequestLoad(options).run();
            case "hold" -> new HoldLoad(options).run();
            case "open" -> new OpenLoad(options).run();
            case "handshake" -> new HandshakeLoad(options).run();
            case "market" -> new MarketLoad(options).run();
            default -> throw new IllegalArgumentException("no such mode: " + options.mode);
        };
    }
}
