package dev.or3.tck.suites.plan;

/** Operations whose payload has a given size, to both sides of a limit. */
final class Sizes {
    private Sizes() {
    }

    /**
     * @param bytes of the payload's compact JSON in UTF-8, give or take a few
     * @param wide  whether it is filled with characters of three bytes
     */
    static PlannedOperation put(Draft draft, int client, String pk, long clock, int bytes, boolean wide) {
        return new PlannedOperation(draft.opId(0), "posts", "put", pk,
                draft.payloads.sized(pk, clock, draft.next(), bytes, wide), draft.cast(client).device(),
                Stamps.real(clock, "dev00001"), clock);
    }
}
