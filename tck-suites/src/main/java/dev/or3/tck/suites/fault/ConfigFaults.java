package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.fault.ConfigTables.Organization;
import dev.or3.tck.suites.fault.ConfigTables.Row;
import dev.or3.tck.suites.fault.ConfigTables.Use;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Faults of which backend an organization uses; those of credentials are {@link SealingFaults}. */
final class ConfigFaults {
    private static final FaultPart PART = new FaultPart("config");

    private ConfigFaults() {
    }

    static List<Fault> all() {
        return Stream.of(forms(), choices(), switches(), rights(), figures()).flatMap(List::stream).toList();
    }

    private static Fault fault(String id, String rules, String description, Function<Parts, Configurations> twin) {
        return PART.fault(id, rules, description, parts -> parts.configureBy(twin));
    }

    private static Fault racy(String id, String rules, String description, Function<Parts, Configurations> twin) {
        return PART.fault(id, rules, Set.of(Need.CONCURRENT), description, parts -> parts.configureBy(twin));
    }

    private static List<Fault> forms() {
        return List.of(
                fault("B220", "CFG-01", "Only the first wrong field of a configuration is named", parts ->
                new Configurations(parts) {
                    @Override
                    List<FieldError> errors(String type, JsonNode config) {
                        return super.errors(type, config).stream().limit(1).toList();
                    }
                }),
                fault("B221", "CFG-01", "A configuration is validated only when somebody asks for that",
                        parts -> new Configurations(parts) {
                            @Override
                            ObjectNode checked(JsonText config) {
                                return object(config);
                            }
                        }),
                fault("B222", "CFG-01 CFG-05", "Fields are looked for, and not at", parts -> new Configurations(parts) {
                    @Override
                    List<FieldError> errors(String type, JsonNode config) {
                        return super.errors(type, config).stream().filter(error -> config.path(error.field())
                                .isMissingNode())
                                .toList();
                    }
                }),
                fault("B223", "CFG-04", "An error repeats the configuration that it is about", parts ->
                new Configurations(parts) {
                    @Override
                    ProviderException refusal(List<FieldError> errors, JsonNode config) {
                        return ProviderException.badRequest(super.refusal(errors, config).getMessage() + " in " + config);
                    }
                }),
                fault("B610", "CFG-13", "The parts of an input are taken as they come", parts -> new Configurations(parts) {
                    @Override
                    void admit(Caller caller, Record input) {
                        // Nobody would send anything else.
                    }
                }),
                fault("B611", "CFG-13", "Whoever the input names acts, whoever calls", parts -> new Configurations(parts) {
                    @Override
                    void admit(Caller caller, Record input) {
                        String actor = Json.mapper().valueToTree(input).path("actorId").asText(null);
                        super.admit(actor == null ? caller : Caller.of(actor, null), input);
                    }
                }));
    }

    private static List<Fault> choices() {
        return List.of(
                fault("B224", "CFG-02", "An organization that chose no backend has none", parts ->
                new Configurations(parts) {
                    @Override
                    Opened opened(String orgId) {
                        if (active(orgId) == null) {
                            throw ProviderException.notFound("this organization has no backend");
                        }
                        return super.opened(orgId);
                    }
                }),
                fault("B225", "CFG-02", "What the environment names is looked at only when it is used",
                        parts -> new Configurations(parts) {
                            @Override
                            DefaultBackend standard(Map<String, String> environment) {
                                return DefaultBackend.unchecked(environment);
                            }
                        }),
                fault("B226", "CFG-02 CFG-06 CFG-07", "What anybody switched to last is the default of all others",
                        parts -> new Configurations(parts) {
                            @Override
                            Void activate(Row row, String actorId, Steps steps) {
                                parts.disk.extra("last switch", HashMap::new).put("id", row.id());
                                return super.activate(row, actorId, steps);
                            }

                            @Override
                            String active(String orgId) {
                                String own = super.active(orgId);
                                return own != null ? own
                                        : (String) parts.disk.extra("last switch", HashMap::new).get("id");
                            }
                        }),
                fault("B234", "CFG-05", "The types there are were listed once", parts -> new Configurations(parts) {
                    @Override
                    public List<BackendType> listTypes(Caller caller, Nothing input) {
                        return super.listTypes(caller, input).stream()
                                .filter(type -> BackendForms.CAPABILITIES.containsKey(type.type())).toList();
                    }
                }),
                racy("B235", "CFG-05", "Looking for an open backend and opening one are two steps",
                        parts -> new Configurations(parts) {
                            @Override
                            Opened opened(String orgId) {
                                String active = active(orgId);
                                Opened now = opened.get(orgId);
                                if (now == null || !Objects.equals(now.configId(), active)) {
                                    now = open(active);
                                    opened.put(orgId, now);
                                }
                                return now;
                            }
                        }),
                fault("B236", "CFG-05", "Saving a configuration opens its backend", parts -> new Configurations(parts) {
                    @Override
                    Void save(Row row, String actorId) {
                        super.save(row, actorId);
                        open(row.id());
                        return null;
                    }
                }),
                fault("B230", "CFG-05", "A type that is registered again replaces the one before",
                        parts -> new Configurations(parts) {
                            @Override
                            public void register(BackendFactory factory) {
                                factories.put(factory.type(), factory);
                            }
                        }),
                fault("B237", "CFG-06 CFG-07 CFG-08", "Open backends are kept by their type", parts ->
                new Configurations(parts) {
                    @Override
                    Opened opened(String orgId) {
                        Optional<Row> row = tables.row(active(orgId));
                        return row.isEmpty() ? super.opened(orgId)
                                : opened.computeIfAbsent(row.get().type(), type -> open(row.get().id()));
                    }
                }),
                fault("B238", "CFG-06", "After a failure, queries to any backend fail for a while", parts ->
                new Configurations(parts) {
                    private volatile boolean broken;

                    @Override
                    public Answer query(Caller caller, Org input) {
                        if (broken) {
                            broken = false;
                            throw new ProviderException(502, "BACKEND_UNREACHABLE", "backends do not answer at the moment");
                        }
                        try {
                            return super.query(caller, input);
                        } catch (ProviderException e) {
                            broken = e.status() == 502;
                            throw e;
                        }
                    }
                }),
                fault("B239", "CFG-06", "Events are those of all organizations", parts -> new Configurations(parts) {
                    @Override
                    public List<ConfigEvent> events(Caller caller, Org input) {
                        super.events(caller, input);
                        return tables.organizations().stream().flatMap(id -> super.events(caller, new Org(id)).stream())
                                .toList();
                    }
                }));
    }

    private static List<Fault> switches() {
        return List.of(
                fault("B240", "CFG-07", "A backend is active before it was tested", parts -> new Configurations(parts) {
                    @Override
                    Change switched(NewConfig input, ObjectNode config, Steps steps) {
                        Row row = sealed(input.orgId(), config);
                        save(row, input.actorId());
                        steps.time("activate", () -> activate(row, input.actorId(), steps));
                        steps.time("test", () -> demandConnection(config));
                        return steps.change(row.id());
                    }
                }),
                fault("B241", "CFG-07", "A configuration is saved before its backend was tested", parts ->
                new Configurations(parts) {
                    @Override
                    Change switched(NewConfig input, ObjectNode config, Steps steps) {
                        Row row = sealed(input.orgId(), config);
                        steps.time("save", () -> save(row, input.actorId()));
                        steps.time("test", () -> demandConnection(config));
                        steps.time("activate", () -> activate(row, input.actorId(), steps));
                        return steps.change(row.id());
                    }
                }),
                fault("B242", "CFG-07 CFG-08 CFG-06", "The backend that is open stays in use after a switch",
                        parts -> new Configurations(parts) {
                            @Override
                            Opened opened(String orgId) {
                                return opened.computeIfAbsent(orgId, id -> open(active(id)));
                            }
                        }),
                fault("B243", "CFG-07 CFG-10", "A backend that answers anything at all counts as tested",
                        parts -> new Configurations(parts) {
                            @Override
                            Void demandConnection(ObjectNode config) {
                                if (tested(config).httpStatus() == null) {
                                    super.demandConnection(config);
                                }
                                return null;
                            }
                        }),
                fault("B244", "CFG-08 CFG-07", "A rollback goes back to the default backend", parts ->
                new Configurations(parts) {
                    @Override
                    String previous(Organization organization) {
                        super.previous(organization);
                        return "";
                    }
                }),
                fault("B245", "CFG-08", "A rollback leaves no event", parts -> new Configurations(parts) {
                    @Override
                    void record(String orgId, String type, String actorId, Map<String, Object> metadata) {
                        if (!String.valueOf(metadata.get("settingType")).contains("rollback")) {
                            super.record(orgId, type, actorId, metadata);
                        }
                    }
                }),
                fault("B246", "CFG-08 CFG-07", "A rollback goes to the first backend there ever was", parts ->
                new Configurations(parts) {
                    @Override
                    String previous(Organization organization) {
                        super.previous(organization);
                        return organization.before.peekLast();
                    }
                }),
                fault("B600", "CFG-07", "A switch leaves no event of its own", parts -> new Configurations(parts) {
                    @Override
                    void record(String orgId, String type, String actorId, Map<String, Object> metadata) {
                        if (!"backend_provider".equals(metadata.get("settingType"))) {
                            super.record(orgId, type, actorId, metadata);
                        }
                    }
                }));
    }

    private static List<Fault> rights() {
        return List.of(
                fault("B247", "CFG-09", "Any member may change the backend", parts -> new Configurations(parts) {
                    @Override
                    void demandChange(String actorId, String orgId) {
                        demandSight(actorId, orgId);
                    }
                }),
                fault("B248", "CFG-09", "Who owns any organization may change all", parts -> new Configurations(parts) {
                    @Override
                    Role role(String actorId, String orgId) {
                        return parts.disk.accounts.homesOf(actorId).stream().map(home -> super.role(actorId, home))
                                .filter(role -> role == Role.OWNER).findFirst().orElse(super.role(actorId, orgId));
                    }
                }),
                fault("B249", "CFG-09", "Credentials are shown as they are", parts -> new Configurations(parts) {
                    @Override
                    JsonText shown(Row row) {
                        return clear(row);
                    }
                }),
                fault("B601", "CFG-09", "Platform owners are nobody special", parts -> new Configurations(parts) {
                    @Override
                    boolean isAdmin(String actorId) {
                        return false;
                    }
                }));
    }

    private static List<Fault> figures() {
        return List.of(
                fault("B602", "CFG-10 CFG-07", "A backend that answers is online, whatever it answers",
                        parts -> new Configurations(parts) {
                            @Override
                            Backend backend(String type, JsonNode config) {
                                return new HttpBackend(type, config) {
                                    @Override
                                    Reachability reachability(int status, long millis) {
                                        return Reachability.ONLINE;
                                    }
                                };
                            }
                        }),
                fault("B603", "CFG-10", "Checks of health leave no event", parts -> new Configurations(parts) {
                    @Override
                    void record(String orgId, String type, String actorId, Map<String, Object> metadata) {
                        if (!type.equals("communication_event")) {
                            super.record(orgId, type, actorId, metadata);
                        }
                    }
                }),
                fault("B604", "CFG-10", "Nobody is alerted when a backend is offline", parts -> new Configurations(parts) {
                    @Override
                    void alert(String orgId, Connection connection) {
                        // It will be seen sooner or later.
                    }
                }),
                fault("B605", "CFG-11", "Usage is that of all organizations", parts -> new Configurations(parts) {
                    @Override
                    List<Use> uses(String orgId) {
                        return tables.organizations().stream().flatMap(id -> super.uses(id).stream()).toList();
                    }
                }),
                fault("B606", "CFG-11", "Usage is told in seconds", parts -> new Configurations(parts) {
                    @Override
                    void use(String orgId, double millis) {
                        super.use(orgId, millis / 1000);
                    }
                }),
                fault("B607", "CFG-11", "Operations are counted twice", parts -> new Configurations(parts) {
                    @Override
                    void use(String orgId, double millis) {
                        super.use(orgId, millis);
                        super.use(orgId, millis);
                    }
                }),
                fault("B608", "CFG-12", "The duration of a switch is that since the start of the provider",
                        parts -> new Configurations(parts) {
                            private final long began = System.nanoTime() - 1_000_000_000L;

                            @Override
                            Change switched(NewConfig input, ObjectNode config, Steps steps) {
                                Change change = super.switched(input, config, steps);
                                return new Change(change.configId(), (System.nanoTime() - began) / 1_000_000,
                                        change.steps());
                            }
                        }),
                fault("B609", "CFG-12", "No event says how long a switch took", parts -> new Configurations(parts) {
                    @Override
                    Map<String, Object> switchEvent(String setting, String from, String to, Steps steps) {
                        Map<String, Object> without = new HashMap<>(super.switchEvent(setting, from, to, steps));
                        without.remove("switchDuration");
                        return without;
                    }
                }));
    }
}
