package dev.or3.tck.suites.fault;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import java.util.List;
import java.util.UUID;

/** Permitted differences in tokens. */
final class TokenVariants {
    private TokenVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("opaque-tokens", "Tokens say nothing, and the manifest nothing of keys",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            String mint(Caller caller, TokenRequest input, long now) {
                                return UUID.randomUUID().toString();
                            }

                            @Override
                            JsonText jwks() {
                                return null;
                            }
                        })),
                new Variant("untemplated-tokens", "All templates are the same, and unknown backends are refused",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            JWTClaimsSet.Builder claims(Caller caller, TokenRequest input, long now) {
                                return super.claims(caller, new TokenRequest(input.providerId(), null), now);
                            }

                            @Override
                            String unknown(TokenRequest input) {
                                throw ProviderException.notFound("there is no such backend");
                            }
                        })),
                new Variant("fresh-tokens", "Every token is minted anew, and its subject is a name of the caller's own",
                        parts -> parts.use(new Minting(parts) {
                            @Override
                            boolean isFresh(Minted minted, long now) {
                                return false;
                            }

                            @Override
                            JWTClaimsSet.Builder claims(Caller caller, TokenRequest input, long now) {
                                return super.claims(caller, input, now).subject("user|" + caller.userId());
                            }
                        })));
    }
}
