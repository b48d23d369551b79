package dev.peal.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A sink that writes down what it is told, one line for each event. */
final class Events implements MessageSink {
    final List<String> lines = new ArrayList<>();

    @Override
    public void text(ByteBuf payload) {
        lines.add("text " + payload.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void binary(ByteBuf payload) {
        lines.add("binary " + ByteBufUtil.hexDump(payload));
    }

    @Override
    public void ping(ByteBuf payload) {
        lines.add("ping " + ByteBufUtil.hexDump(payload));
    }

    @Override
    public void pong(ByteBuf payload) {
        lines.add("pong " + ByteBufUtil.hexDump(payload));
    }

    @Override
    public void close(int code, String reason) {
        lines.add("close " + code + " " + reason);
    }

    @Override
    public void violation(int code, String reason) {
        lines.add("violation " + code + " " + reason);
    }
}
