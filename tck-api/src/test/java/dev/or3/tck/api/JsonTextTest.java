package dev.or3.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    private record Holder(JsonText value) {
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{\"a\":1,\"b\":[2]} | { \"b\" : [ 2.0 ], \"a\" : 1e0 }",
            "-0                  | 0.0",
            "1e2                 | 100",
            "9007199254740993    | 9007199254740993.0",
            "0.1                 | 0.10",
            "\"\\u0041\"         | \"A\"",
            "{}                  | {}",
            "null                | null"})
    void equal_values_are_the_same_however_they_are_written(String one, String other) {
        assertThat(new JsonText(one).sameAs(new JsonText(other))).isTrue();
        assertThat(new JsonText(other).sameAs(new JsonText(one))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{\"a\":1}        | {\"a\":1,\"b\":null}",
            "{\"a\":1}        | {\"b\":1}",
            "[1,2]            | [2,1]",
            "[1]              | [1,1]",
            "{}               | []",
            "{}               | null",
            "\"\"             | null",
            "1                | \"1\"",
            "true             | false",
            "9007199254740993 | 9007199254740992",
            "0.1              | 0.10000000000000001",
            "\"e\\u0301\"     | \"\\u00e9\"",
            "{\"A\":1}        | {\"a\":1}",
            "{                | {}"})
    void other_values_differ(String one, String other) {
        assertThat(new JsonText(one).sameAs(new JsonText(other))).isFalse();
        assertThat(new JsonText(other).sameAs(new JsonText(one))).isFalse();
    }

    @Test
    void nothing_is_the_same_as_an_absent_value() {
        assertThat(new JsonText("null").sameAs(null)).isFalse();
    }

    @Test
    void a_text_that_is_no_json_is_the_same_as_itself_only() {
        assertThat(new JsonText("{oops").sameAs(new JsonText("{oops"))).isTrue();
        assertThat(new JsonText("{oops").sameAs(new JsonText("{ oops"))).isFalse();
    }

    @Test
    void bytes_are_counted_in_utf_8() {
        assertThat(new JsonText("\"a\"").utf8Bytes()).isEqualTo(3);
        assertThat(new JsonText("\"ä漢😀\"").utf8Bytes()).isEqualTo(2 + 2 + 3 + 4);
    }

    @Test
    void the_digits_that_were_sent_are_kept() throws Exception {
        for (String text : List.of("1.0", "1e400", "-0", "0.10", "123456789012345678901234567890", "1E+2", "null", "\"\"")) {
            Holder holder = Json.mapper().readValue("{\"value\": " + text + "}", Holder.class);
            assertThat(holder.value().text()).isEqualTo(text);
            assertThat(Json.write(holder)).isEqualTo("{\"value\":" + text + "}");
        }
    }

    @Test
    void null_and_absent_stay_apart() throws Exception {
        assertThat(Json.mapper().readValue("{\"value\":null}", Holder.class).value()).isEqualTo(new JsonText("null"));
        assertThat(Json.mapper().readValue("{}", Holder.class).value()).isNull();
        assertThat(Json.write(new Holder(null))).isEqualTo("{}");
    }

    @Test
    void only_one_value_can_be_parsed() {
        for (String text : List.of("{", "1 2", "{}x", "nul")) {
            assertThatThrownBy(() -> new JsonText(text).parse()).as(text).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("not JSON");
        }
    }

    @Test
    void any_value_survives_the_wire_and_equals_itself_with_its_keys_shuffled() throws Exception {
        Random random = new Random(20260301);
        for (int i = 0; i < 500; i++) {
            JsonNode value = value(random, 4);
            JsonText text = JsonText.of(value);
            assertThat(text.parse()).as("value %d", i).isEqualTo(value);
            Holder back = Json.mapper().readValue(Json.write(new Holder(text)), Holder.class);
            assertThat(back.value()).as("value %d", i).isEqualTo(text);
            assertThat(text.sameAs(JsonText.of(shuffled(value, random)))).as("value %d: %s", i, text).isTrue();
            assertThat(text.sameAs(JsonText.of(JsonNodeFactory.instance.arrayNode().add(value)))).as("value %d", i)
                    .isFalse();
        }
    }

    private static JsonNode value(Random random, int depth) {
        JsonNodeFactory make = JsonNodeFactory.withExactBigDecimals(true);
        switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0:
                return make.nullNode();
            case 1:
                return make.booleanNode(random.nextBoolean());
            case 2:
                return make.numberNode(random.nextInt());
            case 3:
                return make.numberNode(new BigDecimal(random.nextInt() + "." + (1 + random.nextInt(998))));
            case 4:
                return make.textNode("");
            case 5:
                return make.textNode(text(random));
            case 6:
                ArrayNode array = make.arrayNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    array.add(value(random, depth - 1));
                }
                return array;
            default:
                ObjectNode object = make.objectNode();
                for (int n = random.nextInt(5); n > 0; n--) {
                    object.set(random.nextInt(4) == 0 ? "__proto__" : text(random), value(random, depth - 1));
                }
                return object;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            text.appendCodePoint(switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x20);
                case 1 -> 0x1F300 + random.nextInt(0x100);
                case 2 -> 0x20 + random.nextInt(0x60);
                default -> 0x4E00 + random.nextInt(0x100);
            });
        }
        return text.toString();
    }

    private static JsonNode shuffled(JsonNode value, Random random) {
        if (value.isObject()) {
            List<String> names = new ArrayList<>();
            value.fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            names.forEach(name -> copy.set(name, shuffled(value.get(name), random)));
            return copy;
        }
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> copy.add(shuffled(element, random)));
            return copy;
        }
        return value;
    }

    @Test
    void a_value_read_from_bytes_that_are_at_hand_is_taken_as_they_are() throws Exception {
        JsonMapper withSource = Json.mapper().rebuild().enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
        byte[] bytes = "{\"before\":\"caf\u00e9 \ud83d\ude00\",\"payload\": {\"a\" : [1.50, {}]} ,\"after\":[ 2 ]}"
                .getBytes(StandardCharsets.UTF_8);

        Map<String, JsonText> read = withSource.readValue(bytes, new TypeReference<Map<String, JsonText>>() { });

        assertThat(read.get("payload").text()).isEqualTo("{\"a\" : [1.50, {}]}");
        assertThat(read.get("after").text()).isEqualTo("[ 2 ]");
    }
}
