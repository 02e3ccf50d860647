// Makes up wide policies; see wide_policies.h.
#include "wide_policies.h"

#include <utility>
#include <vector>

#include "check/check.h"
#include "diagnostics/render.h"
#include "syntax/parse.h"

namespace cordon::testing {
namespace {

const char* const kHead =
    "policy test.wide version 2025-01-01\n  title en \"wide\"\n  source s \"S\"\n\n"
    "category Setting = hospital (inpatient, day_surgery), care_home, own_home\n"
    "category Place = north (far, near), south (hot (dry, wet), mild), east\n"
    "scale Level = low < middle < high < top\n"
    "set warm : Place = { hot, east }\n"
    "role ward en \"ward\"\nrole nurse en \"nurse\"\nevent admission en \"admission\"\n"
    "action ask(what: Group) text en \"ask {what}\"\naction isolate text en \"isolate\"\n"
    "action watch text en \"watch\"\naction take(site: Place) text en \"take {site}\"\n"
    "action visit(on: date) text en \"visit on {on}\"\n\n";

const char* const kRecords =
    "record X\n  flag : bool\n  kind : Place\n  day : date\n  number : int\n  last : date or none\n"
    "  require number >= 0 or flag\n\n"
    "record Stay\n  country : Place\n  from : datetime\n  to : datetime\n  length = to - from\n  invasive : bool\n"
    "  require to >= from\n\n"
    "record Person\n  age : int\n  weight : decimal\n  born : date\n  level : Level\n\n";

const char* const kDefines =
    "define recent(about : date) = about within the last look_back\n"
    "define abroad = stays where (country not in warm and to within the last look_back)\n"
    "define flagged = some x in xs has (x.flag and recent(x.day))\n"
    "define limit = (2 when a, otherwise 5)\n\n";

class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {}

  std::string Policy() {
    text_ = kHead;
    text_ += kRecords;
    text_ += "param look_back = " + Any({"6 months", "1 month", "180 days", "1 year", "3 weeks"}) + " cite s \"1\"\n\n";
    Facts();
    text_ += kDefines;
    Protocol("p", Any({"", " in hospital.inpatient", " in hospital", " in care_home, own_home"}));
    reads_ = true;
    Protocol("p2", Any({"", " in hospital", " in care_home"}));
    if (random_.Once(3)) Protocol("p3", "");
    return text_;
  }

 private:
  std::string Any(const std::vector<const char*>& options) { return random_.Pick(options); }
  static std::string Num(unsigned n) { return std::to_string(n); }

  // ---- facts

  void Fact(const std::string& name, const std::string& type, const std::string& assumed) {
    text_ += "fact " + name + " : " + type;
    if (random_.Once(3)) {
      std::string& group = random_.Once(2) ? asked_ : asked_then_;
      group += (group.empty() ? "" : ", ") + name;
      text_ += " cite s \"1\" ask en \"" + name + "?\"";
      if (random_.Once(2)) text_ += " assume " + assumed + " unless asked because \"x\"";
    } else {
      text_ += " recorded cite s \"1\"";
      if (random_.Once(4)) text_ += " assume " + assumed + " because \"x\"";
    }
    text_ += "\n";
  }

  void Facts() {
    Fact("a", "bool", "no");
    Fact("b", "bool", "yes");
    Fact("k", "Place", "far");
    Fact("lv", "Level", "low");
    Fact("d", "date", "2025-01-31");
    Fact("m", "int", "0");
    Fact("w", "decimal", "1.5");
    Fact("xs", "list of X", "empty");
    Fact("stays", "list of Stay", "empty");
    Fact("sites", "list of Place", "empty");
    text_ += "fact c : bool recorded cite s \"1\"" +
             Any({"", "", " assume no because \"x\"", " assume yes because \"x\""}) + "\n";
    for (const char* recorded : {"e : date", "t : datetime", "n : int", "s : text", "len : duration",
                                 "last : date or none", "r : Person", "decided : bool", "chosen : Level"}) {
      text_ += std::string("fact ") + recorded + " recorded cite s \"1\"\n";
    }
    for (const auto& [group, name] : {std::pair(&asked_, "c2"), std::pair(&asked_then_, "c3")}) {
      if (!group->empty()) continue;
      *group = name;
      text_ += "fact " + *group + " : bool cite s \"1\" ask en \"" + *group + "?\"\n";
    }
    text_ += "\ngroup questions = " + asked_ + "\ngroup more = " + asked_then_ + "\n\n";
    first_asked_ = asked_.substr(0, asked_.find(','));
  }

  // ---- conditions

  std::string OfX(const std::string& x, int depth) {
    if (depth > 0 && random_.Once(2)) return Joined(OfX(x, depth - 1), OfX(x, depth - 1));
    const std::string test = Any({"@flag",
                                  "not @flag",
                                  "@kind is north",
                                  "@kind in warm",
                                  "@kind = k",
                                  "@kind is not south",
                                  "@day = today",
                                  "@day < d",
                                  "@day within 1 month before e",
                                  "recent(@day)",
                                  "@day more than 7 days ago",
                                  "@number > m",
                                  "@number + n >= 3",
                                  "@number in 1..3",
                                  "2 * @number <= n",
                                  "@last is none",
                                  "(@last is not none and @last within the last 2 months)",
                                  "@day is known",
                                  "@day less than 31 days before t",
                                  "@day + 2 months >= e"});
    return Put(test, x + ".");
  }

  std::string OfStay(const std::string& y, int depth) {
    if (depth > 0 && random_.Once(2)) return Joined(OfStay(y, depth - 1), OfStay(y, depth - 1));
    const std::string test =
        Any({"@length > 24 hours", "@length = 24 hours", "@length < 3 days", "@invasive", "not @invasive",
             "@country in warm", "@country is south", "@country = k", "@to within the last 7 days",
             "@to more than 7 days ago", "@to within the last look_back", "@from < t", "@to <= d",
             "@to within 36 hours before now", "@invasive is unknown", "@from more than 1 month before e"});
    return Put(test, y + ".");
  }

  static std::string Put(std::string test, const std::string& before) {
    for (std::size_t at = test.find('@'); at != std::string::npos; at = test.find('@')) test.replace(at, 1, before);
    return test;
  }

  std::string Joined(const std::string& left, const std::string& right) {
    return "(" + left + Any({" and ", " or ", " and "}) + right + ")";
  }

  std::string Condition(int depth) {
    if (depth > 0 && random_.Once(2)) return Joined(Condition(depth - 1), Condition(depth - 1));
    switch (random_.Below(reads_ ? 11 : 10)) {
      case 0:
        return Any({"a", "b", "c", "not a", "not c", "flagged", "(a implies b)"});
      case 1:
        return Any({"k is north", "k in warm", "k in { far, mild }", "k is not south", "lv >= middle", "lv is top",
                    "lv < high", "s = \"alpha\"", "s != \"b\""});
      case 2:
        return Any({"recent(d)", "d < e", "d = e", "d within 1 month before e", "d more than 7 days ago",
                    "t within the last 3 days", "t <= now", "e - d > 10 days", "d <= t", "last is none",
                    "(last is not none and last < d)", "d + 1 month > today", "e less than 2 months ago",
                    "now - t >= 90 minutes", "(d when a, otherwise e) <= today"});
      case 3:
        return Any({"m + n > 2", "2 * m <= n + 1", "m in 2..5", "m - n = 1", "m <= limit", "w + 2.5 < 50.0",
                    "2 * w >= 3.5", "len > 24 hours", "len <= 3 days", "m * 3 - n > 4"});
      case 4:
        return Any({"r.age >= 18", "r.weight < 3.5", "r.born within the last 28 days", "r.level >= high",
                    "(r.age < 2 and r.weight > 2.5)", "r.age = m"});
      case 5:
        return Any({"some x in xs has (", "every x in xs has (", "no x in xs has ("}) + OfX("x", 1) + ")";
      case 6:
        return Any({"some y in stays has (", "no y in abroad has (", "every y in stays has ("}) + OfStay("y", 1) + ")";
      case 7:
        return Any({"some x in latest xs by day has (", "every x in latest xs by day has (",
                    "some x in earliest (xs where (flag)) by day has (", "no x in earliest xs by number has ("}) +
               OfX("x", 0) + ")";
      case 8:
        return Any({"count(xs where (flag)) >= 2", "xs is empty", "count(stays) = 1", "sites is not empty",
                    "some site in sites has (site in warm)", "every site in sites has (site is not north)",
                    "count(sites) >= 2", "count(abroad) >= 2", "count(latest xs by day) >= 2", "d is known",
                    "k is unknown"});
      case 9:
        return "some x in xs has (" + OfX("x", 0) + " and some y in stays has (" +
               Any({"y.to <= x.day", "x.kind = y.country", "y.from within 7 days before x.day",
                    "(y.invasive and x.number > 1)"}) +
               "))";
      default:
        return Any({"p.o", "p.o is judgement", "p.l is at least middle", "p.l is top", "p.u is not covered",
                    "p.u is conflict", "p.u is middle", "p.q is far", "not p.o", "p.l is low"});
    }
  }

  // ---- conclusions

  std::string Conclusion(std::string& action) {
    switch (random_.Below(10)) {
      case 0:
      case 1:
        return "o" + Any({" = ", " = ", " = ", " exactly "}) + Any({"yes", "no"});
      case 2:
        return Any({"o = judgement by ward decided in decided", "l = judgement by nurse decided in chosen",
                    "o = judgement by nurse weighing questions"});
      case 3:
      case 4:
        return "l" + Any({" = ", " = ", " exactly "}) + Any({"low", "middle", "high", "top"});
      case 5:
        return "u = " + Any({"low", "middle"});
      case 6:
        return Any(
            {"q = far", "q = mild", "i = 1", "i = 2", "words = \"one\"", "words = \"two\"", "g = yes", "g = no"});
      case 7:
        return Any({"v = 2025-03-01", "v = 2024-02-29", "f = 1.5", "f = 2.0"});
      default:
        return Duty(action);
    }
  }

  std::string Duty(std::string& action) {
    action = Any({"isolate", "watch", "take", "visit"});
    if (action == "take")
      return Any({"ward should take(each site in sites)", "nurse must take(k)", "ward may take(far)"});
    if (action == "visit") return Any({"nurse must visit(d)", "ward should visit(e)"});
    std::string duty = Any({"ward must ", "ward should ", "nurse may ", "ward must not ", "ward need not "}) + action;
    if (random_.Once(3)) duty += Any({" at admission", " due by d + 7 days", " due 2 days after e", " every 7 days"});
    if (random_.Once(3)) duty += " until (" + Condition(0) + ")";
    return duty;
  }

  // ---- rules and tables

  // A rule as later ones override it: its name, and the first output or action that it concludes on.
  struct Target {
    std::string name;
    std::string concludes;
  };

  void Rule(const std::string& name, bool last, std::vector<Target>& before) {
    text_ += "  rule " + name + " cite s \"1\"";
    if (random_.Once(12)) text_ += " in hospital.day_surgery";
    std::string action;
    std::string first = Conclusion(action);
    const std::string on = action.empty() ? first.substr(0, first.find(' ')) : action;
    if (!before.empty() && random_.Once(3)) {
      const Target& target = before[random_.Below(static_cast<unsigned>(before.size()))];
      text_ += " overrides " + target.name;
      if (random_.Once(3) && target.concludes != on) text_ += " drops " + target.concludes;
    } else if (last && random_.Once(3)) {
      text_ += " overrides every rule for " + Any({"o", "l"});
    }
    const unsigned each = random_.Below(6);
    text_ += each == 0 ? " for each z in xs" : each == 1 ? " for each z in abroad" : "";
    text_ += "\n    when " + (each == 0 ? OfX("z", 1) : each == 1 ? OfStay("z", 1) : Condition(2)) + "\n";
    if (each > 1 && random_.Once(4)) text_ += "    unless " + Condition(1) + "\n";
    text_ += "    then " + first + "\n";
    if (random_.Once(4) && on != "late") text_ += "    also late = " + Any({"yes", "no"}) + "\n";
    text_ += "\n";
    before.push_back({name, on});
  }

  // As skema 2: a part about the subject, and one for each of its stays.
  void TableOfStays() {
    text_ += "  table stayed cite s \"2\" with gaps\n    | row | when || o | l |\n";
    text_ += "    | 1 | " + Condition(1) + " || yes | " + Any({"high", "silent", "low"}) + " |\n";
    text_ += "    | 2 | " + Condition(0) + " || silent | " + Any({"middle", "judgement by ward decided in chosen"}) +
             " |\n\n";
    text_ += "    for each stay in " + Any({"stays", "abroad"}) + "\n";
    text_ +=
        "    | row | stay.length | stay.to | stay.invasive || o | l |\n"
        "    | 3a | > 24 hours | within the last 7 days | any || yes | high |\n"
        "    | 3b | > 24 hours | more than 7 days ago | any || " +
        Any({"yes", "silent"}) +
        " | low |\n"
        "    | 3c | < 24 hours | any | yes || yes | middle |\n";
    text_ += random_.Once(2) ? "    | 3d | otherwise | otherwise | otherwise || no | low |\n\n"
                             : "    | 3d | = 24 hours | any | no || no | middle |\n\n";
  }

  void TableOfFirst() {
    text_ += "  table first cite s \"2\" first row wins\n    | row | a | k | m || u | i |\n";
    const unsigned rows = 2 + random_.Below(5);
    for (unsigned i = 1; i <= rows; ++i) {
      text_ += "    | " + Num(i) + " | " + Any({"yes", "no", "any"}) + " | " +
               Any({"any", "is north", "in warm", "far"}) + " | " + Any({"any", "> 2", "0..3", "= 5", "<= 1"}) +
               " || " + Any({"low", "middle", "silent"}) + " | " + Num(random_.Below(3)) + " |\n";
    }
    text_ += random_.Once(2) ? "    | z | otherwise | otherwise | otherwise || top | 9 |\n\n" : "\n";
  }

  // Ranges of a number by symbols: one row each.
  void BigTable() {
    static const char* const kPlaces[] = {"far", "near", "dry", "wet", "mild", "east"};
    text_ += "  table big cite s \"3\" with gaps\n    | row | n | k || q |\n";
    const unsigned ranges = 3 + random_.Below(25);
    for (unsigned i = 0; i < ranges; ++i) {
      for (const char* place : kPlaces) {
        if (random_.Once(12)) continue;
        text_ += "    | " + Num(i) + place + " | " + Num(3 * i) + ".." + Num(3 * i + 1 + random_.Below(2)) + " | " +
                 place + " || " + kPlaces[random_.Below(6)] + " |\n";
      }
    }
    text_ += "\n";
  }

  void Outputs() {
    const auto fallback = [&](const char* value, unsigned in) {
      return random_.Once(in) ? std::string() : std::string(" default ") + value + " cite s \"1\"";
    };
    text_ += "  output o : bool strictest" + fallback("no", 3) +
             (random_.Once(2) ? " means ward must isolate at admission" : "") + "\n  output l : Level strictest" +
             fallback("low", 3) + "\n  output u : Level unique" + fallback("low", 2) + "\n  output q : Place unique\n" +
             "  output i : int unique\n  output words : text unique\n  output g : bool unique" + fallback("no", 2) +
             "\n  output v : date unique\n  output f : decimal unique\n  output late : bool strictest" +
             fallback("no", 2) + "\n\n";
  }

  void Protocol(const std::string& name, const std::string& setting) {
    text_ += "protocol " + name + " about patient" + setting + "\n\n";
    Outputs();
    if (random_.Once(2)) {
      text_ += "  rule asking cite s \"1\"\n    when " + Any({"c", "c", "not c", "n > 2", "(c or e < today)"}) +
               "\n    then ward must ask(questions)\n\n";
    }
    if (random_.Once(2)) {  // who is asked more may hang on what was asked before
      const bool is_bool = first_asked_ == "a" || first_asked_ == "b" || first_asked_ == "c2";
      text_ += "  rule asking_more cite s \"1\"\n    when " + (is_bool ? first_asked_ : "n > 3") +
               "\n    then nurse must ask(more)\n\n";
    }
    std::vector<Target> rules;
    if (random_.Once(2)) TableOfStays();
    if (random_.Once(2)) TableOfFirst();
    if (random_.Once(3)) BigTable();
    const unsigned num_rules = 2 + random_.Below(5);
    for (unsigned i = 0; i < num_rules; ++i) Rule("r" + Num(i), i + 1 == num_rules, rules);
    if (random_.Once(3)) {
      text_ += "  rule last cite s \"1\"\n    when " +
               Any({"o is at least yes", "l is at least high", "u is conflict"}) + " and " + Condition(1) +
               "\n    then late = " + Any({"yes", "no"}) + "\n\n";
    }
  }

  Random& random_;
  std::string text_;
  std::string asked_;       // the facts that have a question
  std::string asked_then_;  // others, that are asked for apart
  std::string first_asked_;
  bool reads_ = false;  // whether conditions read the first protocol's outputs
};

}  // namespace

std::string WidePolicy(Random& random) { return Writer(random).Policy(); }

std::optional<model::Policy> BuildWide(const std::string& text, std::string& problems) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  check::Unit unit;
  unit.files.push_back(syntax::Parse(sources, sources.Add("random.cordon", text), sink));
  std::optional<model::Policy> policy;
  if (!sink.has_errors()) policy = check::Check(sources, unit, sink);
  if (!policy) problems = diagnostics::RenderAll(sink, sources, diagnostics::Colour::kNever);
  return policy;
}

}  // namespace cordon::testing
