package dev.peal.transport.http;

import java.util.Map;

/** A request that cannot be granted, with its answer. Thrown by whatever reads a part of a request, caught by {@link Guard} alone; it has no stack. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private Refusal(Problem problem) {
        super(problem.reason(), null, false, false);
        this.problem = problem;
    }

    /** 400: the client wrote something that cannot be. */
    public static Refusal bad(String code, String detail) {
        return of(400, code, detail);
    }

    public static Refusal of(int status, String code, String detail) {
        return new Refusal(Problem.of(status, code, detail));
    }

    public static Refusal of(int status, String code, String detail, Map<String, String> headers) {
        return new Refusal(new Problem(status, code, detail, headers));
    }

    public Problem problem() {
        return problem;
    }
}
