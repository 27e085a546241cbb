package dev.or3.tck.reference.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration.BackendType;
import dev.or3.tck.api.config.Configuration.FieldError;
import dev.or3.tck.api.config.Configuration.Validation;
import dev.or3.tck.api.config.Registry.Backend;
import dev.or3.tck.api.config.Registry.BackendFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTypesTest {
    private static final Map<String, String> SOUND = Map.of(
            "convex", "{'deploymentUrl':'https://a.convex.cloud','deploymentName':'prod:a'}",
            "wordpress", "{'baseUrl':'https://a.org/blog/wp-json','username':'jo',"
                    + "'applicationPassword':'abcd efgh 1234 ABCD EFGH 5678'}",
            "notion", "{'token':'secret_abc','databaseId':'d1'}",
            "supabase", "{'url':'https://a.supabase.co/','anonKey':'anon','serviceKey':'service'}");

    private final BackendTypes types = new BackendTypes();

    private Validation validate(String type, String config) {
        return types.validate(type, json(config));
    }

    private static JsonText json(String singleQuoted) {
        return new JsonText(singleQuoted.replace('\'', '"'));
    }

    @Test
    void soundConfigurationsOfEveryTypeAreTakenWithAndWithoutTheirType() {
        SOUND.forEach((type, config) -> {
            assertThat(validate(type, config)).as(type).isEqualTo(new Validation(true, List.of()));
            String typed = "{'type':'" + type + "'," + config.substring(1);
            assertThat(validate(type, typed).ok()).as(typed).isTrue();
            assertThat(types.valid(json(typed)).type()).isEqualTo(type);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "convex    | {}                                                                   | deploymentName deploymentUrl",
        "convex    | {'deploymentUrl':'ftp://v-1','deploymentName':'v-2'}                 | deploymentName deploymentUrl",
        "convex    | {'deploymentUrl':7,'deploymentName':'dev:a','adminKey':'v 1'}        | adminKey deploymentUrl",
        "convex    | {'deploymentUrl':'https://jo:v-1@a.org','deploymentName':'dev:a'}    | deploymentUrl",
        "convex    | {'deploymentUrl':'https://a.org\\n','deploymentName':'dev:a\\n'}     | deploymentName deploymentUrl",
        "wordpress | {'baseUrl':'http://a.org','username':'','applicationPassword':'v1'} | applicationPassword baseUrl username",
        "notion    | {'token':'v-1','databaseId':'v 2','baseUrl':'v-3'}                   | baseUrl databaseId token",
        "notion    | {'token':'secret_a\\nb','databaseId':'d'}                            | token",
        "supabase  | {'url':'v-1','serviceKey':['v-2']}                                   | anonKey serviceKey url",
        "supabase  | {'url':'https://a.org','anonKey':'a','misspelt':'v-1'}               | misspelt"})
    void everyWrongFieldIsNamedWithWhatIsExpectedAndWithoutItsValue(String type, String config, String fields) {
        Validation validation = validate(type, config);
        assertThat(validation.ok()).isFalse();
        assertThat(validation.errors()).extracting(FieldError::field).containsExactly(fields.split(" "));
        assertThat(validation.errors()).extracting(FieldError::message)
                .allMatch(message -> message.startsWith("must be ") || message.equals("is no field of this type"))
                .noneMatch(message -> message.contains("v-1") || message.contains("v 1") || message.contains("v-2"));
        assertThatThrownBy(() -> types.valid(json("{'type':'" + type + "'" + (config.equals("{}") ? "" : ",")
                + config.substring(1)))).isInstanceOf(ProviderException.class)
                .hasMessageContainingAll(fields.split(" ")).hasMessageNotContaining("v-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcdefgh1234ABCDEFGH5678", "abcd efgh 1234 ABCD EFGH 5678", "abcdefgh 1234ABCD EFGH5678"})
    void anApplicationPasswordMayBeInGroups(String password) {
        assertThat(validate("wordpress", "{'baseUrl':'http://a/wp-json','username':'jo','applicationPassword':'" + password
                + "'}").errors()).isEmpty();
    }

    @Test
    void anUnknownTypeIsRefusedAndTheKnownOnesAreNamed() {
        assertThat(validate("mysql", "{}").errors()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("type");
            assertThat(error.message()).contains("convex, notion, supabase, wordpress");
        });
        assertThat(validate("notion", "{'type':'convex','token':'secret_a','databaseId':'d'}").errors())
                .extracting(FieldError::field).containsExactly("type");
        assertThatThrownBy(() -> types.valid(json("{'token':'x'}"))).hasMessageContaining("config.type");
        for (String wrong : new String[] {"null", "[]", "'x'", "7"}) {
            assertThatThrownBy(() -> validate("notion", wrong)).as(wrong).isInstanceOf(ProviderException.class);
        }
    }

    @Test
    void credentialsAreMaskedAndNothingElse() {
        JsonText shown = types.masked(types.valid(json("{'type':'supabase'," + SOUND.get("supabase").substring(1))));
        assertThat(shown.parse()).isEqualTo(
                json("{'type':'supabase','url':'https://a.supabase.co/','anonKey':'***','serviceKey':'***'}").parse());
    }

    @Test
    void aRegisteredTypeIsLikeABuiltInOneAndCanBeFoundByWhatItCan() {
        assertThat(types.having("realtime")).containsExactly("convex", "supabase");
        types.register(new Registered());
        assertThat(types.having("realtime")).containsExactly("convex", "registered", "supabase");
        assertThat(types.list()).extracting(BackendType::type)
                .containsExactly("convex", "notion", "registered", "supabase", "wordpress");
        assertThat(validate("registered", "{'inner':{'key':5,'size':0}}").errors()).extracting(FieldError::field)
                .containsExactly("inner.key", "inner.size");
        BackendConfig config = types.valid(json("{'type':'registered','inner':{'key':'k','size':3}}"));
        assertThat(types.masked(config).parse().at("/inner/key").asText()).isEqualTo("***");
        assertThat(types.masked(config).parse().at("/inner/size").asInt()).isEqualTo(3);
        assertThatThrownBy(() -> types.open(config)).isInstanceOf(ProviderException.class).hasNoCause()
                .hasMessageNotContaining("the key is k");
        assertThatThrownBy(() -> types.register(new Registered())).hasMessageContaining("known already");
    }

    private static final class Registered implements BackendFactory {
        @Override
        public String type() {
            return "registered";
        }

        @Override
        public Set<String> capabilities() {
            return Set.of("realtime");
        }

        @Override
        public JsonText schema() {
            return json("{'type':'object','properties':{'inner':{'type':'object','properties':{"
                    + "'key':{'type':'string','writeOnly':true},'size':{'type':'integer','minimum':1}}}}}");
        }

        @Override
        public Backend create(JsonText config) {
            throw new IllegalStateException("the key is k");
        }
    }
}
