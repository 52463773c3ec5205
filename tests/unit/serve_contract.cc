// schema/openapi.json against the server: every route is in the document, every path of the document answers with a body of its schema.
#include <algorithm>
#include <map>
#include <set>

#include "serve_client.h"

namespace masudi {
namespace {

const Json& document() {
  static const Json parsed = Json::parse(openapi_document());
  return parsed;
}

/// What a value has that its schema does not allow, with its place; "" where it fits. The part of JSON Schema that the document uses.
std::string misfit(const Json& value, const Json& schema, const std::string& at = "$") {
  if (schema.contains("$ref")) {
    const std::string name = schema["$ref"].get<std::string>();
    return misfit(value, document()["components"]["schemas"][name.substr(name.rfind('/') + 1)], at);
  }
  if (schema.contains("oneOf")) {
    std::string all;
    for (const Json& one : schema["oneOf"]) {
      const std::string wrong = misfit(value, one, at);
      if (wrong.empty()) return "";
      all += "\n  " + wrong;
    }
    return at + ": fits none of" + all;
  }
  if (schema.contains("type")) {
    const auto is = [&](const std::string& type) {
      if (type == "null") return value.is_null();
      if (type == "string") return value.is_string();
      if (type == "integer") return value.is_number_integer();
      if (type == "number") return value.is_number();
      if (type == "boolean") return value.is_boolean();
      return type == "array" ? value.is_array() : value.is_object();
    };
    const Json& type = schema["type"];
    const bool fits = type.is_array() ? std::any_of(type.begin(), type.end(), [&](const Json& one) { return is(one.get<std::string>()); })
                                      : is(type.get<std::string>());
    if (!fits) return at + ": " + value.dump().substr(0, 80) + " is no " + type.dump();
  }
  if (schema.contains("enum") && std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
    return at + ": " + value.dump() + " is not one of " + schema["enum"].dump();
  if (value.is_array() && schema.contains("items"))
    for (std::size_t i = 0; i < value.size(); ++i)
      if (const std::string wrong = misfit(value[i], schema["items"], at + "[" + std::to_string(i) + "]"); !wrong.empty()) return wrong;
  if (!value.is_object()) return "";
  for (const Json& name : schema.value("required", Json::array()))
    if (!value.contains(name.get<std::string>())) return at + ": no " + name.get<std::string>();
  for (const auto& [name, inner] : value.items()) {
    const bool known = schema.contains("properties") && schema["properties"].contains(name);
    if (known) {
      if (const std::string wrong = misfit(inner, schema["properties"][name], at + "." + name); !wrong.empty()) return wrong;
    } else if (const auto more = schema.find("additionalProperties"); more != schema.end()) {
      if (*more == Json(false)) return at + ": " + name + " is not in the schema";
      if (more->is_object())
        if (const std::string wrong = misfit(inner, *more, at + "." + name); !wrong.empty()) return wrong;
    }
  }
  return "";
}

const Json* answer_schema(const std::string& path, const std::string& method, std::string& type) {
  const Json& content = document()["paths"][path][method]["responses"]["200"]["content"];
  type = content.begin().key();
  return &content.begin().value()["schema"];
}

TEST(ServeContract, EveryRouteIsInTheDocumentAndTheOtherWayRound) {
  std::set<std::string> documented;
  for (const auto& [path, methods] : document()["paths"].items())
    for (const auto& [method, about] : methods.items()) {
      std::string upper = method;
      std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
      documented.insert(upper + " " + path);
    }
  const auto routes = served_routes();
  EXPECT_EQ(std::set<std::string>(routes.begin(), routes.end()), documented);
}

TEST(ServeContract, TheMisfitsOfASchemaAreFound) {
  const Json& session = document()["components"]["schemas"]["Bounds"];
  EXPECT_EQ(misfit(Json::parse(R"({"first":"2024-01-01","last":null})"), session), "");
  EXPECT_NE(misfit(Json::parse(R"({"first":"2024-01-01"})"), session), "");
  EXPECT_NE(misfit(Json::parse(R"({"first":1,"last":null})"), session), "");
  EXPECT_NE(misfit(Json::parse(R"({"first":null,"last":null,"middle":null})"), session), "");
}

class ServeContractTest : public ServeTest {};

TEST_F(ServeContractTest, EveryPathAnswersWithABodyOfItsSchema) {
  start();
  const std::string event = first("events"), statement = first("statements"), commitment = first("commitments");
  ASSERT_FALSE(event.empty());
  ASSERT_FALSE(statement.empty());
  ASSERT_FALSE(commitment.empty());
  const std::string article = event.substr(0, 12);
  const std::map<std::string, Json> bodies = {
      {"/api/v1/read", {{"text", "Kenya promised on Monday to open a road by 30 June 2024."}, {"published", "2024-03-05"}}},
      {"/api/v1/sql.json", {{"sql", "SELECT id, confidence, NULL FROM events"}}},
      {"/api/v1/sql.csv", {{"sql", "SELECT id FROM events"}}},
      {"/api/v1/verdicts", {{"commitment", commitment}, {"verdict", "kept"}, {"evidence", "seen"}, {"author", "Ana"}}},
      {"/api/v1/verdicts/undo", {{"commitment", commitment}, {"author", "Ana"}}},
      {"/api/v1/corrections", {{"record", event}, {"decision", "accept"}, {"author", "Ana"}}},
      {"/api/v1/corrections/undo", {{"record", event}, {"author", "Ana"}}}};
  // Posts first, so that lists have verdicts and corrections in them; undoing last.
  ASSERT_EQ(post("/api/v1/verdicts", bodies.at("/api/v1/verdicts")).status, 200);
  ASSERT_EQ(post("/api/v1/corrections", bodies.at("/api/v1/corrections")).status, 200);
  std::vector<std::pair<std::string, std::string>> calls;
  for (const auto& [path, methods] : document()["paths"].items())
    for (const auto& [method, about] : methods.items()) calls.emplace_back(path, method);
  std::stable_sort(calls.begin(), calls.end(), [](const auto& a, const auto& b) { return (a.second == "get") > (b.second == "get"); });
  for (const auto& [path, method] : calls) {
    std::vector<std::string> ids = {""};
    if (path.find("/records/") != std::string::npos) ids = {event, statement, commitment, article + ":p1", article + ":t1"};
    if (path.find("/explain/") != std::string::npos) ids = {event, statement, commitment, article + ":p1", article + ":a1"};
    if (path.find("/articles/") != std::string::npos) ids = {article};
    for (const std::string& id : ids) {
      std::string target = path;
      if (const auto hole = target.find("{id}"); hole != std::string::npos) target.replace(hole, 4, id);
      const Answer answer = method == "get" ? get(target) : post(target, bodies.at(path));
      EXPECT_EQ(answer.status, 200) << target << "\n" << answer.body;
      std::string type;
      const Json* schema = answer_schema(path, method, type);
      EXPECT_TRUE(answer.header("Content-Type").starts_with(type)) << target << " " << answer.header("Content-Type");
      if (type != "application/json") continue;
      EXPECT_EQ(misfit(answer.json(), *schema), "") << target;
    }
  }
  // Each parameter of the document is one that the server takes.
  for (const auto& [path, methods] : document()["paths"].items()) {
    if (!methods.contains("get") || !methods["get"].contains("parameters") || path.find("{id}") != std::string::npos) continue;
    for (const Json& parameter : methods["get"]["parameters"]) {
      const std::string reference = parameter.value("$ref", ""), name = reference.substr(reference.rfind('/') + 1);
      const Answer answer = get(path + "?" + name + "=");
      EXPECT_EQ(answer.status, 200) << path << " " << name << " " << answer.body;
    }
  }
  EXPECT_EQ(get("/api/v1/events.json?typ=ASSAULT").status, 400);
  EXPECT_EQ(misfit(get("/api/v1/events.json?typ=ASSAULT").json(), document()["components"]["schemas"]["Error"]), "");
  EXPECT_EQ(misfit(get("/api/v1/nowhere").json(), document()["components"]["schemas"]["Error"]), "");
}

}  // namespace
}  // namespace masudi
