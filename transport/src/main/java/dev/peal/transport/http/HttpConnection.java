package dev.peal.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection until it closes, becomes a WebSocket or carries a response without an end. Answers one request at a time, in order; what a client pipelines behind it waits, bounded by one
 * read of the socket, since reading stops while an answer is due.
 *
 * <p>Owned by its event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    /** The name of this handler and of the codec's two in the pipeline. */
    static final String NAME = "http";

    static final String DECODER = "http-in";
    static final String ENCODER = "http-out";

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    private static final Pattern LOCAL = Pattern.compile("(?i)localhost(:[0-9]+)?");

    private final Edge edge;
    private final Upgrade upgrade;
    private final HttpMetrics metrics;
    private final Set<Channel> speakingHttp;
    private final Deadline deadline = new Deadline();
    private final Queue<HttpObject> waiting = new ArrayDeque<>();
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private @Nullable HttpRequest head;
    private Edge.@Nullable Verdict verdict;
    private @Nullable Runnable departure;
    private boolean answering;
    private boolean checked;
    private boolean closing;

    /** @param speakingHttp where this connection stands as long as it has not become a WebSocket */
    HttpConnection(Edge edge, Upgrade upgrade, HttpMetrics metrics, Set<Channel> speakingHttp) {
        this.edge = edge;
        this.upgrade = upgrade;
        this.metrics = metrics;
        this.speakingHttp = speakingHttp;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        speakingHttp.add(ctx.channel());
        deadline.set(ctx.channel(), edge.limits().requestMillis(), () -> timeUp(ctx));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        speakingHttp.remove(ctx.channel());
        deadline.clear();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        dropBody();
        Runnable told = departure;
        departure = null;
        if (told != null) {
            told.run();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof Problem problem) {
            refuse(ctx, problem);
        } else if (answering) {
            waiting.add((HttpObject) message);
            ctx.channel()
                    .config()
                    .setAutoRead(false); // one read ahead and no more, even if the client's end is listened for
        } else {
            accept(ctx, (HttpObject) message);
        }
    }

    private void accept(ChannelHandlerContext ctx, HttpObject message) {
        try {
            if (message.decoderResult().isFailure()) {
                refuse(ctx, Problem.bad("The request is malformed."));
                return;
            }
            if (message instanceof HttpRequest request) {
                begin(ctx, request);
            } else if (message instanceof HttpContent content) {
                gather(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        head = request;
        boolean tls = ctx.pipeline().get(SslHandler.class) != null;
        verdict = edge.judge(request, PeerAddress.of(ctx.channel()), tls);
        if (verdict instanceof Edge.Verdict.Refuse refusal) {
            metrics.refused(refusal.problem().reason());
            refuseOne(ctx, request, refusal.problem());
            return;
        }
        deadline.set(ctx.channel(), edge.limits().requestMillis(), () -> timeUp(ctx));
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    /** A refused request whose body is still to come ends the connection, since nobody wants to read it. */
    private void refuseOne(ChannelHandlerContext ctx, HttpRequest request, Problem problem) {
        if (HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0) {
            answerAndClose(ctx, problem.response());
        }
    }

    private void gather(ChannelHandlerContext ctx, HttpContent content) {
        if (closing) {
            return;
        }
        int size = body.readableBytes() + content.content().readableBytes();
        if (size > edge.limits().bodyBytes()) {
            refuse(ctx, Edge.tooLarge());
            return;
        }
        if (content.content().isReadable()) {
            body = body == Unpooled.EMPTY_BUFFER ? ctx.alloc().heapBuffer(size) : body;
            body.writeBytes(content.content());
        }
        if (content instanceof LastHttpContent && head != null && verdict != null) {
            finish(ctx, head, verdict);
        }
    }

    private void finish(ChannelHandlerContext ctx, HttpRequest request, Edge.Verdict decided) {
        deadline.clear();
        switch (decided) {
            case Edge.Verdict.Handle handle -> run(ctx, handle.handler(), whole(ctx, request, handle.caller()));
            case Edge.Verdict.Handshake handshake -> shakeHands(ctx, whole(ctx, request, handshake.caller()));
            case Edge.Verdict.Refuse refusal -> answer(ctx, refusal.problem().response());
        }
    }

    private Request whole(ChannelHandlerContext ctx, HttpRequest request, Edge.Caller caller) {
        byte[] bytes = ByteBufUtil.getBytes(body);
        dropBody();
        String target = request.uri();
        return new Request(
                request.method(),
                request.protocolVersion().text(),
                Edge.path(target),
                Edge.query(target),
                request.headers(),
                bytes,
                caller.address(),
                caller.secure(),
                action -> whenGone(ctx, action));
    }

    /** Only a socket that is read tells that its peer has gone; of one that has vanished without a word only the kernel can tell. */
    private void whenGone(ChannelHandlerContext ctx, Runnable action) {
        if (ctx.isRemoved()) {
            action.run();
            return;
        }
        departure = action;
        if (!checked) {
            checked = true;
            edge.peers().whileSilent(ctx.channel());
        }
        ctx.channel().config().setAutoRead(waiting.isEmpty());
    }

    private void run(ChannelHandlerContext ctx, HttpHandler handler, Request request) {
        answering = true;
        ctx.channel().config().setAutoRead(false);
        CompletionStage<? extends HttpAnswer> answer;
        try {
            answer = handler.handle(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        answer.whenComplete((response, failure) -> {
            if (ctx.executor().inEventLoop()) {
                answered(ctx, request, response, failure);
            } else {
                ctx.executor().execute(() -> answered(ctx, request, response, failure));
            }
        });
    }

    private void answered(
            ChannelHandlerContext ctx, Request request, @Nullable HttpAnswer answer, @Nullable Throwable failure) {
        departure = null;
        ctx.channel().config().setAutoRead(false);
        switch (answer) {
            case null -> {
                LOG.error("{} {} failed", request.method(), request.path(), failure);
                answer(
                        ctx,
                        Problem.of(500, "internal", "The server failed to answer.")
                                .response());
            }
            case Response response -> answer(ctx, response);
            case OpenResponse open -> stayOpen(ctx, open);
        }
    }

    private void stayOpen(ChannelHandlerContext ctx, OpenResponse open) {
        if (ctx.isRemoved() || closing) {
            open.abandoned().run();
            return;
        }
        metrics.answered(HttpResponseStatus.OK.code());
        handOver(ctx, ResponseWriter.head(open, tlsAlways(ctx)), open.handler());
    }

    private void shakeHands(ChannelHandlerContext ctx, Request request) {
        switch (upgrade.judge(request, ctx.channel().eventLoop())) {
            case Upgrade.Answer.Refused refused -> {
                metrics.handshakeFailed(refused.problem().reason());
                answerAndClose(ctx, refused.problem().response());
            }
            case Upgrade.Answer.Accepted accepted -> becomeWebSocket(ctx, accepted);
        }
    }

    private void becomeWebSocket(ChannelHandlerContext ctx, Upgrade.Answer.Accepted accepted) {
        HttpResponse switching = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        accepted.headers().forEach(switching.headers()::set);
        handOver(ctx, switching, accepted.handler());
    }

    /** Writes a head and hands the connection over: the decoder goes last, and gives all bytes that it still holds to the new handler. */
    private void handOver(ChannelHandlerContext ctx, HttpResponse response, ChannelHandler handler) {
        ctx.writeAndFlush(response);
        closing = true;
        var pipeline = ctx.pipeline();
        pipeline.addLast(handler);
        pipeline.remove(ENCODER);
        pipeline.remove(this);
        pipeline.remove(DECODER);
    }

    /** Answers the current request and goes on with the next. */
    private void answer(ChannelHandlerContext ctx, Response response) {
        HttpRequest request = head;
        if (request == null
                || !HttpUtil.isKeepAlive(request)
                || request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            answerAndClose(ctx, response);
            return;
        }
        write(ctx, response, false).addListener(done -> next(ctx));
        deadline.set(ctx.channel(), edge.limits().idleMillis(), () -> ctx.close());
    }

    private void next(ChannelHandlerContext ctx) {
        if (closing || ctx.isRemoved()) {
            return;
        }
        head = null;
        verdict = null;
        answering = false;
        deadline.set(ctx.channel(), edge.limits().idleMillis(), () -> ctx.close());
        while (!answering && !closing && !waiting.isEmpty()) {
            accept(ctx, waiting.remove());
        }
        if (!answering) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void refuse(ChannelHandlerContext ctx, Problem problem) {
        metrics.refused(problem.reason());
        answerAndClose(ctx, problem.response());
    }

    private void answerAndClose(ChannelHandlerContext ctx, Response response) {
        if (closing) {
            return;
        }
        closing = true;
        dropBody();
        ctx.channel().config().setAutoRead(true);
        deadline.set(ctx.channel(), edge.limits().idleMillis(), () -> ctx.close());
        write(ctx, response, true).addListener(done -> Lingering.close(ctx));
    }

    private ChannelFuture write(ChannelHandlerContext ctx, Response response, boolean close) {
        metrics.answered(response.status());
        boolean headOnly = head != null && HttpMethod.HEAD.equals(head.method());
        return ctx.writeAndFlush(ResponseWriter.message(response, headOnly, close, tlsAlways(ctx)));
    }

    /** Over TLS of our own; not for localhost, where it would bind every other program of a developer's machine, on every port, for a year. */
    private boolean tlsAlways(ChannelHandlerContext ctx) {
        String host = head == null ? "localhost" : head.headers().get(HttpHeaderNames.HOST, "localhost");
        return ctx.pipeline().get(SslHandler.class) != null
                && !LOCAL.matcher(host).matches();
    }

    /** The client began a request and did not finish it in time. */
    private void timeUp(ChannelHandlerContext ctx) {
        metrics.refused("timeout");
        answerAndClose(
                ctx, Problem.of(408, "timeout", "The request took too long.").response());
    }

    private void dropBody() {
        body.release();
        body = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Channel channel = ctx.channel();
        LOG.debug("connection {} broke", channel.id(), cause);
        ctx.close();
    }
}
