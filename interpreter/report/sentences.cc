// Fills in and sorts sentences; see sentences.h. Tested by tests/unit/audience_test.cc.
#include "report/sentences.h"

#include <algorithm>
#include <set>
#include <utility>

#include "report/words.h"

namespace cordon::report {
namespace {

using model::Policy;

// `text` with the output's value for `{name of the output}`.
std::string Filled(const Policy& policy, const model::Output& output, const value::Value& value, std::string text,
                   std::string_view language) {
  const std::string place = "{" + output.name + "}";
  const std::string words = ValueWords(policy, output.type, value, language);
  for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + words.size())) {
    text.replace(at, place.size(), words);
  }
  return text;
}

// A language's place: as the policy's titles have them, then the others by name.
std::pair<std::size_t, std::string_view> PlaceOf(const Policy& policy, std::string_view language) {
  const auto found = std::find(policy.languages.begin(), policy.languages.end(), language);
  return {static_cast<std::size_t>(found - policy.languages.begin()), language};
}

model::Texts SentenceOf(const Policy& policy, const evaluate::Released& released) {
  const model::Release& release = policy.releases[released.release.index];
  const model::Output& output = policy.outputs[release.output.index];
  model::Texts sentence;
  for (const model::LangText& text : release.texts) {
    sentence.push_back({text.language, Filled(policy, output, released.value, text.text, text.language)});
  }
  std::sort(sentence.begin(), sentence.end(), [&](const model::LangText& a, const model::LangText& b) {
    return PlaceOf(policy, a.language) < PlaceOf(policy, b.language);
  });
  return sentence;
}

bool ComesBefore(const model::Texts& a, const model::Texts& b) {
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(), [](const model::LangText& one, const model::LangText& other) {
        return std::pair(one.text, one.language) < std::pair(other.text, other.language);
      });
}

}  // namespace

std::vector<model::Texts> Sentences(const Policy& policy, const evaluate::Disclosure& disclosure) {
  std::set<model::Texts, decltype(&ComesBefore)> sentences(&ComesBefore);
  for (const evaluate::Released& released : disclosure.released) sentences.insert(SentenceOf(policy, released));
  return {sentences.begin(), sentences.end()};
}

std::vector<std::string> SentencesIn(const Policy& policy, const evaluate::Disclosure& disclosure,
                                     std::string_view language) {
  std::set<std::string> sentences;
  for (const evaluate::Released& released : disclosure.released) {
    sentences.emplace(TextIn(SentenceOf(policy, released), language));
  }
  return {sentences.begin(), sentences.end()};
}

}  // namespace cordon::report
