package dev.or3.tck.suites.fault;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.fault.Space.DeviceCursor;
import java.util.List;

/** Permitted differences in cursors and in what is collected when. */
final class CollectionVariants {
    private static final int ROWS_PER_CALL = 3;

    private CollectionVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("regress-refused", "A cursor update that would go back is refused",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            void move(Space space, String key, String userId, long version) {
                                DeviceCursor old = space.cursors.get(key);
                                if (old != null && old.version() > version) {
                                    checkOwner(old, userId);
                                    throw ProviderException.conflict("the cursor is ahead already");
                                }
                                super.move(space, key, userId, version);
                            }
                        })),
                new Variant("cursor-clamped", "A cursor beyond the head is set to the head",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            void checkHead(Space space, long version) {
                                // It is clamped when it is moved.
                            }

                            @Override
                            void move(Space space, String key, String userId, long version) {
                                super.move(space, key, userId, Math.min(version, parts.numbering.head(space)));
                            }
                        })),
                new Variant("kept-without-devices", "Without a registered device nothing is collected",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            long releasable(Space space, long retentionSeconds) {
                                return parts.cursors.slowest(space).orElse(0);
                            }
                        })),
                new Variant("entry-at-cursor-kept", "The entry exactly at the slowest cursor is not collected",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            long releasable(Space space, long retentionSeconds) {
                                long slowest = super.releasable(space, retentionSeconds);
                                return slowest == Long.MAX_VALUE ? slowest : slowest - 1;
                            }
                        })),
                new Variant("silent-devices-forgotten", "A device that was silent for the whole retention is forgotten",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            long releasable(Space space, long retentionSeconds) {
                                space.cursors.values().removeIf(device -> parts.settings.isV11()
                                        && isOld(device.lastSeen(), retentionSeconds));
                                return super.releasable(space, retentionSeconds);
                            }
                        })),
                new Variant("bounded-collection", "A collection takes " + ROWS_PER_CALL + " entries at most",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            void collectLog(Space space, long upTo, long retentionSeconds) {
                                long bound = space.oldestRetained() + ROWS_PER_CALL - 1;
                                super.collectLog(space, Math.min(upTo, bound), retentionSeconds);
                            }
                        })));
    }
}
