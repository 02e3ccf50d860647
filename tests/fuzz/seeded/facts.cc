// Subjects of chance for a policy: facts documents that fit its types, mostly; see trial.h.
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "calendar/calendar.h"
#include "cli/load.h"
#include "model/model.h"
#include "random.h"
#include "support/file_system.h"
#include "trial.h"

namespace cordon::tests {
namespace {

using model::TypeKind;

// A document's values, written out as they are made.
class Writer {
 public:
  // `absent`: of a hundred facts.
  Writer(const model::Policy& policy, Random& random, std::size_t absent)
      : policy_(policy), random_(random), absent_(absent) {}

  std::string Document() {
    std::string text = R"({ "subject": "p", "as_of": )" + Quoted(random_.Percent(90) ? Day(0) : Moment());
    if (policy_.setting.valid() && random_.Percent(90)) text += R"(, "setting": )" + Symbol(Type(policy_.setting));
    text += R"(, "facts": {)";
    std::string separator = " ";
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (policy_.setting.valid() && i == policy_.setting.index) continue;
      if (random_.Percent(absent_)) continue;
      text += separator + Quoted(policy_.facts[i].name) + ": " + Value(policy_.facts[i].type, 0);
      separator = ", ";
    }
    return text + " } }";
  }

 private:
  const model::Type& Type(model::FactId fact) const { return policy_.facts[fact.index].type; }
  static std::string Quoted(const std::string& text) { return "\"" + text + "\""; }
  std::string Number(std::size_t end) { return std::to_string(random_.Below(end)); }

  std::string Value(const model::Type& type, std::size_t depth) {
    if (random_.Percent(8)) return "null";
    if (random_.Percent(1)) return Odd();
    if (type.or_none && random_.Percent(20)) return "\"none\"";
    switch (type.kind) {
      case TypeKind::kBool:
        return random_.Percent(50) ? "true" : "false";
      case TypeKind::kInt:
        return random_.Percent(90) ? Number(100) : "-" + Number(100);
      case TypeKind::kDecimal:
        return Number(100) + "." + Number(1000);
      case TypeKind::kText:
        return Quoted("text" + Number(3));
      case TypeKind::kDate:
        return Quoted(Imprecise(Day(800)));
      case TypeKind::kDatetime:
        return Quoted(random_.Percent(80) ? Moment() : Imprecise(Day(800)));
      case TypeKind::kDuration:
      case TypeKind::kPeriod:
        return Quoted(Number(40) + (random_.Percent(50) ? " hours" : " days"));
      case TypeKind::kCategory:
        return Symbol(type);
      case TypeKind::kRecord:
        return Record(type, depth);
      case TypeKind::kList:
        return List(type, depth);
      case TypeKind::kGroup:
        break;
    }
    return Odd();
  }

  std::string Record(const model::Type& type, std::size_t depth) {
    std::string text = "{";
    std::string separator = " ";
    for (const model::Field& field : policy_.records[type.record.index].fields) {
      if (field.derived.valid() || random_.Percent(12)) continue;
      text += separator + Quoted(field.name) + ": " + Value(field.type, depth + 1);
      separator = ", ";
    }
    return text + " }";
  }

  std::string List(const model::Type& type, std::size_t depth) {
    const model::Type element = ElementType(type);
    std::string text = "[";
    const std::size_t count = depth > 2 ? 0 : random_.Below(4);
    for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ", " : "") + Value(element, depth + 1);
    text += "]";
    return random_.Percent(10) ? R"({ "known": )" + text + R"(, "open": true })" : text;
  }

  std::string Symbol(const model::Type& type) {
    if (!type.category.valid()) return Odd();
    const model::Category& category = policy_.categories[type.category.index];
    if (category.nodes.empty()) return Odd();
    const model::CategoryNode& node = category.nodes[random_.Below(category.nodes.size())];
    return Quoted(random_.Percent(70) ? node.path : node.name);
  }

  // A day up to `days` before a day around which the policies' tests lie.
  std::string Day(std::size_t days) {
    const auto base = *calendar::MakeDate(2019 + static_cast<int>(random_.Below(2)), 10, 14);
    const std::int64_t back = days == 0 ? 0 : static_cast<std::int64_t>(random_.Below(days));
    return calendar::Format(calendar::Date{base.days - back});
  }

  std::string Moment() {
    const std::string hour = std::to_string(10 + random_.Below(14));
    return Day(random_.Percent(50) ? 10 : 400) + "T" + hour + ":" + std::to_string(10 + random_.Below(50));
  }

  std::string Imprecise(const std::string& day) {
    switch (random_.Below(12)) {
      case 0:
        return day.substr(0, 7);
      case 1:
        return day.substr(0, 4);
      case 2:
        return "../" + day.substr(0, 7);
      case 3:
        return day.substr(0, 4) + "/" + Day(0).substr(0, 4);
      default:
        return day;
    }
  }

  // What fits nowhere, or nearly.
  std::string Odd() {
    static const std::vector<std::string> kOdd = {
        "\"2025-02-30\"", "\"yes\"",  "1e400",       "-0",     "12345678901234567890", "[[]]", "{}",
        "\"\"",           "\"none\"", "\"\\ud800\"", "\"..\"", "{ \"open\": true }",   "tru",  "\"1800-01-01\""};
    return random_.Pick(kOdd);
  }

  const model::Policy& policy_;
  Random& random_;
  std::size_t absent_;
};

std::optional<model::Policy> Load(const Files& files) {
  const support::MemoryFileSystem disk(files);
  std::istringstream in;
  std::ostringstream out;
  const cli::Environment environment{disk, in, out, out, false, "policies", *calendar::MakeDate(2020, 1, 1)};
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  return cli::LoadPolicy(environment, {"policy", "policies", environment.today}, sources, sink);
}

// A byte or two of a document are others, or its end is missing.
void Break(Random& random, std::string& text) {
  for (std::size_t left = random.Below(3) + 1; left > 0 && !text.empty(); --left) {
    const std::size_t at = random.Below(text.size());
    if (random.Percent(50)) {
      text[at] = static_cast<char>(random.Percent(50) ? random.Below(256) : "{}[]\",:0\\"[random.Below(9)]);
    } else if (random.Percent(50)) {
      text.erase(at, 1);
    } else {
      text.resize(at);
    }
  }
}

}  // namespace

Trial EvaluateTrial(const Corpus& corpus, std::uint64_t seed) {
  Random random(seed);
  Trial trial;
  trial.files = random.Pick(corpus.policies);
  trial.shown = "facts.json";
  if (random.Percent(30)) {
    auto file = trial.files.begin();
    std::advance(file, static_cast<std::ptrdiff_t>(random.Below(trial.files.size())));
    const std::string before = file->second;
    file->second = Mutated(before, corpus, random.Next());
    if (!Load(trial.files)) file->second = before;
  }
  const auto policy = Load(trial.files);
  if (!policy || policy->protocols.empty()) return trial;
  std::string document = Writer(*policy, random, 35).Document();
  if (random.Percent(8)) Break(random, document);
  trial.files["facts.json"] = std::move(document);
  std::vector<std::string> command = {"eval", "policy", random.Pick(policy->protocols).name, "--facts", "facts.json"};
  if (random.Percent(30)) command.emplace_back("--explain");
  if (random.Percent(20)) command.emplace_back("--require-determined");
  if (random.Percent(60)) command.insert(command.end(), {"--format", "json"});
  trial.commands.push_back(std::move(command));
  return trial;
}

namespace {

std::string Line(const model::Policy& policy, Random& random, const std::string& before) {
  if (random.Percent(8)) return random.Percent(50) ? "" : " \t\r";
  if (random.Percent(10)) return before;
  std::string line;
  if (random.Percent(6)) {
    for (std::size_t left = random.Below(60); left > 0; --left) line += static_cast<char>(random.Below(256));
    return line;
  }
  line = Writer(policy, random, random.Percent(70) ? 5 : 35).Document();
  if (random.Percent(25)) Break(random, line);
  return random.Percent(10) ? line + "\r" : line;
}

}  // namespace

Trial BatchTrial(const Corpus& corpus, std::uint64_t seed) {
  Random random(seed);
  Trial trial;
  trial.files = random.Pick(corpus.policies);
  const auto policy = Load(trial.files);
  if (!policy || policy->protocols.empty()) return trial;
  std::string line;
  for (std::size_t left = random.Below(6) + 1; left > 0; --left) {
    line = Line(*policy, random, line);
    trial.input += line + (left > 1 || random.Percent(50) ? "\n" : "");
  }
  trial.cut = random.Next();
  trial.shown = "facts.ndjson";
  const std::vector<std::string> details = {"compact", "compact", "reasons", "full"};
  trial.commands.push_back(
      {"batch", "policy", random.Pick(policy->protocols).name, "--facts", "-", "--output", random.Pick(details)});
  return trial;
}

}  // namespace cordon::tests
