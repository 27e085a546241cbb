package dev.or3.tck.matrix.clerk;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.tokens.Tokens;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The token broker: asks Clerk for tokens of the caller's session, and keeps each for its caller for 55 seconds. */
final class ClerkTokens implements Tokens {
    /** The backends there are, each with the template it is given where the request names none. */
    private static final Map<String, Optional<String>> BACKENDS =
            Map.of("clerk", Optional.empty(), "convex", Optional.of("convex"));
    /** In milliseconds. */
    private static final long KEPT = 55_000;
    private static final int KEPT_AT_MOST = 2000;

    /** What tells one token from another; the caller above all (TOK-02). */
    private record Wanted(String userId, String providerId, String template) {
    }

    /**
     * @param at when, in milliseconds
     */
    private record Minted(String token, long at) {
    }

    private final ClerkApi clerk;
    private final LongSupplier millis;
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final Map<Wanted, Minted> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Wanted, Minted> eldest) {
            return size() > KEPT_AT_MOST;
        }
    });

    ClerkTokens(ClerkApi clerk, LongSupplier millis) {
        this.clerk = clerk;
        this.millis = millis;
    }

    @Override
    public String getProviderToken(Caller caller, TokenRequest input) {
        Shape.check(caller, input);
        Optional<String> usual = BACKENDS.get(input.providerId());
        if (caller == null || usual == null) {
            return null;
        }
        Wanted wanted = new Wanted(caller.userId(), input.providerId(),
                input.template() == null ? usual.orElse(null) : input.template());
        if (wanted.template() != null && !wanted.template().matches("[\\w-]+")) {
            return null;
        }
        long now = millis.getAsLong();
        Minted minted = kept.get(wanted);
        if (minted != null && now - minted.at() < KEPT) {
            return minted.token();
        }
        Optional<String> token = mint(wanted);
        token.ifPresent(text -> kept.put(wanted, new Minted(text, now)));
        return token.orElse(null);
    }

    /** A session that has ended is replaced once; after that it is the template that Clerk does not have. */
    private Optional<String> mint(Wanted wanted) {
        String known = sessions.get(wanted.userId());
        Optional<String> token = known == null ? Optional.empty() : clerk.token(known, wanted.template());
        if (token.isPresent()) {
            return token;
        }
        return clerk.createSession(wanted.userId()).flatMap(session -> {
            sessions.put(wanted.userId(), session);
            return clerk.token(session, wanted.template());
        });
    }
}
