// Prints cohorts; see cohort.h. Tested by tests/golden/diff/cohort.golden.
#include "report/cohort.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/diff_words.h"
#include "report/page.h"
#include "report/safe_text.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;

std::string SubjectsText(std::size_t count) { return CountText(count, "subject", "subjects"); }

std::string AspectOf(const analyse::CohortAspect& aspect) {
  analyse::Aspect named{aspect.kind, aspect.protocol, aspect.name, "", {}};
  return AspectTitle(named);
}

void AddAspect(const analyse::CohortAspect& aspect, Page& page) {
  page.Gap();
  page.Paragraph(0, SafeLine(AspectOf(aspect)));
  for (const analyse::CohortChange& change : aspect.changes) {
    page.Paragraph(2, SafeLine(fmt::format("{} -> {}: {}", change.from, change.to, SubjectsText(change.count))));
    std::string names = support::Join(change.subjects, ", ");
    if (change.count > change.subjects.size()) {
      names += fmt::format(" and {} more", change.count - change.subjects.size());
    }
    page.Paragraph(4, SafeLine(names));
    for (const auto& [region, count] : change.regions) {
      page.Paragraph(4, SafeLine(fmt::format("region {}: {}", region, SubjectsText(count))));
    }
  }
  page.Paragraph(2, fmt::format("the same: {}", SubjectsText(aspect.same)));
  if (aspect.not_settled > 0) page.Paragraph(2, fmt::format("not settled: {}", SubjectsText(aspect.not_settled)));
}

Document AspectDocument(const analyse::CohortAspect& aspect) {
  Document document = {{"id", AspectOf(aspect)},      {"kind", AspectKindText(aspect.kind)},
                       {"protocol", aspect.protocol}, {"name", aspect.name},
                       {"same", aspect.same},         {"not_settled", aspect.not_settled},
                       {"changes", Document::array()}};
  for (const analyse::CohortChange& change : aspect.changes) {
    Document one = {{"from", change.from},
                    {"to", change.to},
                    {"count", change.count},
                    {"subjects", change.subjects},
                    {"regions", Document::array()}};
    for (const auto& [region, count] : change.regions) one["regions"].push_back({{"id", region}, {"count", count}});
    document["changes"].push_back(std::move(one));
  }
  return document;
}

}  // namespace

std::string CohortText(const analyse::Cohort& cohort) {
  Page page(Emphasis::kNever);
  page.Paragraph(0, SafeLine(fmt::format("Cohort {}: {}, {} of them told completely", cohort.file,
                                         SubjectsText(cohort.subjects), cohort.complete)));
  page.Paragraph(0, fmt::format("treated differently: {}; not settled in some answer: {}", SubjectsText(cohort.changed),
                                SubjectsText(cohort.not_settled)));
  if (cohort.left_out > 0) {
    page.Paragraph(0, fmt::format("left out, being in error: {}", CountText(cohort.left_out, "line", "lines")));
  }
  for (const analyse::CohortAspect& aspect : cohort.aspects) {
    if (!aspect.changes.empty() || aspect.not_settled > 0) AddAspect(aspect, page);
  }
  return page.text();
}

std::string WithCohort(const std::string& diff_json, const analyse::Cohort& cohort) {
  Document document = Document::parse(diff_json);
  Document counted = {{"file", cohort.file},         {"subjects", cohort.subjects},       {"complete", cohort.complete},
                      {"changed", cohort.changed},   {"not_settled", cohort.not_settled}, {"left_out", cohort.left_out},
                      {"aspects", Document::array()}};
  for (const analyse::CohortAspect& aspect : cohort.aspects) counted["aspects"].push_back(AspectDocument(aspect));
  document["cohort"] = std::move(counted);
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
