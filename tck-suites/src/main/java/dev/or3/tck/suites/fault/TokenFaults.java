package dev.or3.tck.suites.fault;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Faults of tokens. */
final class TokenFaults {
    private static final FaultPart PART = new FaultPart("tokens");

    private TokenFaults() {
    }

    static List<Fault> all() {
        List<Fault> faults = new ArrayList<>(ofMinting());
        faults.addAll(ofCallers());
        faults.addAll(ofClaims());
        faults.addAll(ofInput());
        return List.copyOf(faults);
    }

    private static List<Fault> ofMinting() {
        return List.of(
                PART.fault("B253", "TOK-01", "Whoever is not signed in gets the token of a guest",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            String nobodys(TokenRequest input) {
                                return mint(Caller.of("guest", null), input, parts.clock.millis());
                            }
                        })),
                PART.fault("B254", "TOK-01", "Whoever is not signed in is an exception of the host",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            String nobodys(TokenRequest input) {
                                throw new IllegalStateException("no session");
                            }
                        })),
                PART.fault("B255", "TOK-01", "Only owners get a token", parts -> parts.use(new Minting(parts) {
                    @Override
                    String kept(Caller caller, TokenRequest input) {
                        return parts.disk.accounts.membersOf(caller.workspaceId()).get(caller.userId()) == Role.OWNER
                                ? super.kept(caller, input) : null;
                    }
                })),
                PART.fault("B256", "TOK-01", "The error about an unknown backend tells the key that would have signed",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            String unknown(TokenRequest input) {
                                throw ProviderException.notFound("cannot sign for " + input.providerId() + " with "
                                        + key().toJSONString());
                            }
                        })),
                PART.fault("B257", "TOK-01", "The error about an unknown backend tells the token that was minted before",
                        parts -> parts.use(new Minting(parts) {
                            private volatile String last = "none";

                            @Override
                            String mint(Caller caller, TokenRequest input, long now) {
                                last = super.mint(caller, input, now);
                                return last;
                            }

                            @Override
                            String unknown(TokenRequest input) {
                                throw ProviderException.notFound("no backend " + input.providerId() + "; was " + last
                                        + " not good enough?");
                            }
                        })));
    }

    private static List<Fault> ofCallers() {
        return List.of(
                PART.fault("B258", "TOK-02", "Tokens are kept without their caller", parts -> parts.use(new Minting(parts) {
                    @Override
                    Object key(Caller caller, TokenRequest input) {
                        return input;
                    }
                })),
                PART.fault("B259", "TOK-02", "Tokens are kept by the workspace of the session",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            Object key(Caller caller, TokenRequest input) {
                                return List.of(caller.workspaceId(), input);
                            }
                        })),
                PART.fault("B260", "TOK-02", Set.of(Need.CONCURRENT), "The caller stands in a field while a token is minted",
                        parts -> parts.use(new Minting(parts) {
                            private volatile Caller current;

                            @Override
                            String mint(Caller caller, TokenRequest input, long now) {
                                current = caller;
                                return super.mint(caller, input, now);
                            }

                            @Override
                            JWTClaimsSet.Builder claims(Caller caller, TokenRequest input, long now) {
                                JWTClaimsSet.Builder claims = super.claims(caller, input, now);
                                return claims.subject(current.userId());
                            }

                            @Override
                            boolean isFresh(Minted minted, long now) {
                                return false;
                            }
                        })),
                PART.fault("B261", "TOK-03 TOK-02", "The subject is the workspace", parts -> parts.use(new Minting(parts) {
                    @Override
                    JWTClaimsSet.Builder claims(Caller caller, TokenRequest input, long now) {
                        return super.claims(caller, input, now).subject(caller.workspaceId());
                    }
                })));
    }

    private static List<Fault> ofClaims() {
        return List.of(
                PART.fault("B262", "TOK-03", Set.of(Need.CLOCK), "A token is kept beyond its life",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            boolean isFresh(Minted minted, long now) {
                                return true;
                            }
                        })),
                PART.fault("B263", "TOK-03", "Every token is of one template", parts -> parts.use(new Minting(parts) {
                    @Override
                    JWTClaimsSet.Builder claims(Caller caller, TokenRequest input, long now) {
                        return super.claims(caller, input, now).claim("template", "session");
                    }
                })),
                PART.fault("B264", "TOK-03", "Tokens are kept without template", parts -> parts.use(new Minting(parts) {
                    @Override
                    Object key(Caller caller, TokenRequest input) {
                        return List.of(caller.userId(), input.providerId());
                    }
                })),
                PART.fault("B265", "TOK-03", "Tokens are not signed", parts -> parts.use(new Minting(parts) {
                    @Override
                    String sign(JWTClaimsSet claims) {
                        return new PlainJWT(claims).serialize();
                    }
                })),
                PART.fault("B266", "TOK-03", "Tokens are signed with another key than the one that is told",
                        parts -> parts.use(new Minting(parts) {
                            private final ECKey other = freshKey();

                            @Override
                            String sign(JWTClaimsSet claims) {
                                return signed(other, claims);
                            }
                        })),
                PART.fault("B267", "TOK-03", Set.of(Need.INSTANCES), "Each instance has a key of its own",
                        parts -> parts.use(new Minting(parts) {
                            private final ECKey own = freshKey();

                            @Override
                            ECKey key() {
                                return own;
                            }
                        })),
                PART.fault("B268", "TOK-03", "Tokens never expire", parts -> parts.use(new Minting(parts) {
                    @Override
                    JWTClaimsSet.Builder claims(Caller caller, TokenRequest input, long now) {
                        return super.claims(caller, input, now).expirationTime(null);
                    }
                })),
                PART.fault("B269", "TOK-03", "The time of expiry is told in milliseconds",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            JWTClaimsSet.Builder claims(Caller caller, TokenRequest input, long now) {
                                return super.claims(caller, input, now).expirationTime(new Date((now + LIFE) * 1000));
                            }
                        })),
                PART.fault("B270", "TOK-03", Set.of(Need.CLOCK),
                        "Tokens are dated by another clock than that of the provider",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            JWTClaimsSet.Builder claims(Caller caller, TokenRequest input, long now) {
                                return super.claims(caller, input, System.currentTimeMillis());
                            }
                        })));
    }

    private static List<Fault> ofInput() {
        return List.of(
                PART.fault("B271", "TOK-04", "Templates may have names of any length",
                        parts -> parts.use(new Minting(parts) {
                    @Override
                    void admit(Caller caller, TokenRequest input) {
                        super.admit(caller, new TokenRequest(input.providerId(), null));
                    }
                })),
                PART.fault("B272", "TOK-04", "Without a backend the first is meant", parts -> parts.use(new Minting(parts) {
                    @Override
                    void admit(Caller caller, TokenRequest input) {
                        if (input.providerId() != null) {
                            super.admit(caller, input);
                        }
                    }

                    @Override
                    String unknown(TokenRequest input) {
                        return input.providerId() == null ? "the first of all tokens" : super.unknown(input);
                    }
                })));
    }
}
