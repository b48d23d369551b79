package dev.peal.server.api;

import dev.peal.transport.http.Problem;
import java.util.Map;

/** A request that cannot be granted, with its answer. Thrown by whatever reads a part of a request, caught by {@link Guard} alone; it has no stack. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private Refusal(Problem problem) {
        super(problem.reason(), null, false, false);
        this.problem = problem;
    }

    /** 400: the client wrote something that cannot be. */
    static Refusal bad(String code, String detail) {
        return of(400, code, detail);
    }

    static Refusal of(int status, String code, String detail) {
        return new Refusal(Problem.of(status, code, detail));
    }

    static Refusal of(int status, String code, String detail, Map<String, String> headers) {
        return new Refusal(new Problem(status, code, detail, headers));
    }

    Problem problem() {
        return problem;
    }
}
