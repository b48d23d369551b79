package dev.peal.transport.http;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts what HTTP did: answers by status, refusals by reason. The names of both are bounded sets. Thread-safe. */
final class HttpMetrics {
    private final MeterRegistry registry;

    HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A response was written. */
    void answered(int status) {
        registry.counter("peal.http.responses", "status", Integer.toString(status))
                .increment();
    }

    /** A request was refused before any handler saw it. */
    void refused(String reason) {
        registry.counter("peal.http.refused", "reason", reason).increment();
    }

    /** A WebSocket handshake failed. */
    void handshakeFailed(String reason) {
        registry.counter("peal.handshake.failures", "reason", reason).increment();
    }
}
