package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.fault.ConfigTables.Organization;
import dev.or3.tck.suites.fault.ConfigTables.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Permitted differences in how organizations choose their backends. */
final class ConfigVariants {
    private static final int SHOWN = 4;

    private ConfigVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("one-rollback", "After a rollback there is nothing to go back to, and never the default backend",
                        parts -> parts.configureBy(own -> new Configurations(own) {
                            @Override
                            String previous(Organization organization) {
                                String target = organization.before.pop();
                                if (target.isEmpty()) {
                                    organization.before.push(target);
                                    throw ProviderException.conflict("there is no configuration to go back to");
                                }
                                organization.before.clear();
                                return target;
                            }
                        })),
                new Variant("rollback-copy", "A rollback keeps the configuration anew, under an id of its own",
                        parts -> parts.configureBy(own -> new Configurations(own) {
                            @Override
                            String previous(Organization organization) {
                                String target = super.previous(organization);
                                return tables.row(target).map(row -> {
                                    String id = UUID.randomUUID().toString();
                                    tables.save(new Row(id, row.orgId(), row.type(), row.open(), row.secrets()));
                                    return id;
                                }).orElse(target);
                            }
                        })),
                new Variant("telling-mask", "The last characters of a credential are shown",
                        parts -> parts.configureBy(own -> new Configurations(own) {
                            @Override
                            JsonText shown(Row row) {
                                ObjectNode shown = (ObjectNode) clear(row).parse();
                                row.secrets().keySet().forEach(field -> {
                                    String secret = shown.path(field).asText();
                                    shown.put(field, MASK + secret.substring(Math.max(0, secret.length() - SHOWN)));
                                });
                                return JsonText.of(shown);
                            }
                        })),
                new Variant("wrapped-answers", "What a backend answers comes with its status around it",
                        parts -> parts.configureBy(own -> new Configurations(own) {
                            @Override
                            public Answer query(Caller caller, Org input) {
                                Answer plain = super.query(caller, input);
                                return new Answer(plain.type(), new JsonText(Json.write(
                                        Map.of("status", 200, "body", plain.result().text()))));
                            }
                        })));
    }
}
