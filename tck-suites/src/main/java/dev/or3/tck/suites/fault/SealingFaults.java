package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.fault.ConfigTables.Row;
import dev.or3.tck.suites.fault.Fault.Need;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Faults of how credentials are kept. */
final class SealingFaults {
    private static final FaultPart PART = new FaultPart("config/credentials");

    private SealingFaults() {
    }

    static List<Fault> all() {
        return List.of(
                sealing("B227", "CFG-03", "All credentials are encrypted with one IV", key -> new Sealing(key) {
                    @Override
                    byte[] iv() {
                        return new byte[IV_BYTES];
                    }
                }),
                sealing("B228", "CFG-03", "A key of another length is filled up", key -> new Sealing(key) {
                    @Override
                    byte[] key(String hex) {
                        return Arrays.copyOf(hex.getBytes(StandardCharsets.US_ASCII), 32);
                    }
                }),
                sealing("B229", "CFG-03", "Nothing authenticates what was encrypted", key -> new Sealing(key) {
                    @Override
                    Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
                        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
                        cipher.init(mode, new SecretKeySpec(this.key, "AES"), new IvParameterSpec(Arrays.copyOf(iv, 16)));
                        return cipher;
                    }
                }),
                fault("B232", "CFG-03", "An organization whose credentials cannot be read gets the default backend",
                        parts -> new Configurations(parts) {
                            @Override
                            Opened open(String configId) {
                                try {
                                    return super.open(configId);
                                } catch (ProviderException e) {
                                    return super.open(null);
                                }
                            }
                        }),
                kept("B231", "CFG-04", "Beside what is encrypted, the file holds the credentials as they came",
                        UnaryOperator.identity()),
                kept("B612", "CFG-04", "Beside what is encrypted, the file holds the credentials in base 64",
                        secret -> Base64.getEncoder().encodeToString(("x" + secret).getBytes(StandardCharsets.UTF_8))),
                fault("B233", "CFG-04", "The event of a saved configuration holds it", parts -> new Configurations(parts) {
                    @Override
                    Void save(Row row, String actorId) {
                        super.save(row, actorId);
                        record(row.orgId(), "entity_created", actorId, new HashMap<>(Map.of("config", clear(row))));
                        return null;
                    }
                }));
    }

    private static Fault fault(String id, String rules, String description, Function<Parts, Configurations> twin) {
        return PART.fault(id, rules, Set.of(Need.RESTART), description, parts -> parts.configureBy(twin));
    }

    private static Fault sealing(String id, String rules, String description, Function<String, Sealing> twin) {
        return fault(id, rules, description, parts -> new Configurations(parts) {
            @Override
            Sealing sealing(String key) {
                return twin.apply(key);
            }
        });
    }

    private static Fault kept(String id, String rules, String description, UnaryOperator<String> writing) {
        return PART.fault(id, rules, description, parts -> parts.configureBy(own -> new Configurations(own) {
            @Override
            Void save(Row row, String actorId) {
                Map<String, String> secrets = new HashMap<>();
                JsonText clear = clear(row);
                row.secrets().keySet().forEach(field -> secrets.put("backup of " + field,
                        writing.apply(clear.parse().path(field).asText())));
                secrets.putAll(row.secrets());
                own.disk.configurations().append(Json.write(Map.of("backup", secrets)));
                return super.save(row, actorId);
            }
        }));
    }
}
