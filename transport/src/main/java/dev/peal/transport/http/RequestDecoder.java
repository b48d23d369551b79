package dev.peal.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.Optional;

/**
 * Netty's request decoder behind a gate: a head reaches it only when it is whole, within its limits and passed {@link StrictHead}.
 *
 * <p>Gives on Netty's message objects, or one {@link Problem}, after which it reads nothing more. Event loop only.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private final int headerBytesMax;
    private final int headerCountMax;
    private boolean betweenRequests = true;
    private boolean refused;
    private int scanned;

    RequestDecoder(HttpLimits limits) {
        // Netty's own limits lie just beyond ours, so that ours answer.
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.headerBytes() + 4)
                .setMaxHeaderSize(limits.headerBytes() + 4)
                .setMaxChunkSize(8 * 1024)
                .setChunkedSupported(true)
                .setStrictLineParsing(true)
                .setAllowDuplicateContentLengths(false)
                .setUseRfc9112TransferEncoding(true));
        this.headerBytesMax = limits.headerBytes();
        this.headerCountMax = limits.headerCount();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (betweenRequests && !headPasses(in, out)) {
            return;
        }
        betweenRequests = false;
        super.decode(ctx, in, out);
        if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent) {
            betweenRequests = true;
            scanned = 0;
        }
    }

    /** Whether a whole, good head stands at the reader index. A bad one is answered by a Problem. */
    private boolean headPasses(ByteBuf in, List<Object> out) {
        skipEmptyLine(in);
        int start = in.readerIndex();
        int end = headEnd(in);
        int size = (end < 0 ? in.writerIndex() : end) - start;
        if (size > headerBytesMax) {
            refuse(in, out, tooLong(in));
            return false;
        }
        if (end < 0) {
            return false;
        }
        Optional<Problem> problem = StrictHead.check(in, start, end, headerCountMax);
        problem.ifPresent(p -> refuse(in, out, p));
        return problem.isEmpty();
    }

    /** One empty line before a request is allowed (RFC 9112 2.2): old clients end a body with it. */
    private void skipEmptyLine(ByteBuf in) {
        int start = in.readerIndex();
        if (scanned == 0 && in.readableBytes() > 2 && in.getByte(start) == '\r' && in.getByte(start + 1) == '\n') {
            in.skipBytes(2);
        }
    }

    /**
     * The index after the empty line that ends the head, or -1. Remembers how far it looked, so that a head that comes byte by byte costs one look at each. A
     * head that holds two line feeds in a row ends there too: it is malformed, and waiting for its end would only hide that until the time is up.
     */
    private int headEnd(ByteBuf in) {
        int start = in.readerIndex();
        for (int i = start + scanned; i < in.writerIndex(); i++) {
            if (in.getByte(i) == '\n' && i > start) {
                boolean afterCrLf = i - start >= 3 && in.getByte(i - 1) == '\r' && in.getByte(i - 2) == '\n';
                if (afterCrLf || in.getByte(i - 1) == '\n') {
                    return i + 1;
                }
            }
        }
        scanned = in.writerIndex() - start;
        return -1;
    }

    private Problem tooLong(ByteBuf in) {
        int lineEnd = in.bytesBefore((byte) '\n');
        return lineEnd < 0 || lineEnd > headerBytesMax
                ? Problem.of(414, "target_too_long", "The request line is too long.")
                : Problem.of(431, "headers_too_large", "The header is too large.");
    }

    private void refuse(ByteBuf in, List<Object> out, Problem problem) {
        refused = true;
        in.skipBytes(in.readableBytes());
        out.add(problem);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (!betweenRequests && !refused) {
            super.decodeLast(ctx, in, out);
        }
    }
}
