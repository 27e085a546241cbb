package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.fault.Shelf.Intent;
import dev.or3.tck.suites.fault.Shelf.StoredFile;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Permitted differences in storage. */
final class FileVariants {
    private FileVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("expires-in-millis", "The end of a URL is told in milliseconds",
                        parts -> parts.use(new Depot(parts) {
                            @Override
                            Long told(long expiresAt) {
                                return expiresAt;
                            }
                        })),
                new Variant("untold-expiry", "The end of a URL is not told, and comes after five minutes",
                        parts -> parts.use(new Depot(parts) {
                            @Override
                            Long told(long expiresAt) {
                                return null;
                            }

                            @Override
                            long life(Long asked) {
                                return Math.min(super.life(asked), DEFAULT_LIFE_MS / 3);
                            }
                        })),
                new Variant("readable-at-once", "A file can be read before it is committed",
                        parts -> parts.use(new Depot(parts) {
                            @Override
                            boolean isReadable(StoredFile file) {
                                return !file.deleted();
                            }
                        })),
                new Variant("checked-at-commit",
                        "Other bytes than announced are taken and thrown away: the commit is refused",
                        parts -> parts.use(new CheckedLate(parts))),
                new Variant("committed-once", "A commit that is repeated is a conflict",
                        parts -> parts.use(new Depot(parts) {
                            @Override
                            StoredFile commit(Shelf shelf, Commit input) {
                                StoredFile file = shelf.files.get(input.hash());
                                if (file != null && file.isReadable()) {
                                    throw ProviderException.conflict("this file is committed");
                                }
                                return super.commit(shelf, input);
                            }
                        })),
                new Variant("late-quota", "The quota is held when bytes come, not when they are announced",
                        parts -> parts.use(new LateQuota(parts))),
                new Variant("vague-downloads", "A URL is handed out for any hash, and brings nothing where nothing is",
                        parts -> parts.use(new Depot(parts) {
                            @Override
                            PresignedUrl download(DownloadRequest input) {
                                return handedOut(new FileUrl("get", input.workspaceId(), input.hash(), 0,
                                        parts.clock.millis() + life(input.expiresInMs()), ""));
                            }
                        })),
                new Variant("plain-storage", "No commits, collections, deletions or quotas: what is uploaded is there",
                        parts -> parts.filing(Set.of()).use(new Plain(parts))));
    }

    private static final class CheckedLate extends Depot {
        CheckedLate(Parts parts) {
            super(parts);
        }

        @Override
        byte[] take(FileUrl url, Supplier<byte[]> body) {
            byte[] bytes = body.get();
            try {
                return super.take(url, () -> bytes);
            } catch (ProviderException refused) {
                if (refused.status() != 400) {
                    throw refused;
                }
                return new byte[0];
            }
        }
    }

    private static final class LateQuota extends Depot {
        LateQuota(Parts parts) {
            super(parts);
        }

        @Override
        void reserve(Shelf shelf, Intent intent, long now) {
            shelf.intents.put(intent.id(), intent);
        }

        @Override
        long used(Shelf shelf, String without) {
            return stored(shelf, without);
        }

        @Override
        void keep(Shelf shelf, FileUrl url, byte[] bytes) {
            checkRoom(shelf, url.hash(), bytes.length);
            super.keep(shelf, url, bytes);
        }
    }

    private static final class Plain extends Depot {
        Plain(Parts parts) {
            super(parts);
        }

        @Override
        void checkRoom(Shelf shelf, String hash, long size) {
            // There is none to check.
        }

        @Override
        boolean isReadable(StoredFile file) {
            return true;
        }

        @Override
        public void commit(Caller caller, Commit input) {
            throw ProviderException.unsupported("storage.commit");
        }

        @Override
        public void deleteObject(Caller caller, ObjectRef input) {
            throw ProviderException.unsupported("storage.deleteObject");
        }

        @Override
        public Collected gc(Caller caller, CollectObjects input) {
            throw ProviderException.unsupported("storage.gc");
        }
    }
}
