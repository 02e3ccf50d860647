// Bench: policies loaded, and analyses of them timed, a line of a table each.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "analyse/compare.h"
#include "cli/disk.h"
#include "cli/load.h"
#include "diagnostics/render.h"
#include "report/diff_text.h"

namespace cordon::bench {

using model::Policy;

class Bench {
 public:
  explicit Bench(std::size_t runs) : runs_(runs) {}

  std::optional<Policy> Load(const std::string& policy) {
    const cli::Environment environment{
        disk_, std::cin, std::cout, std::cerr, false, CORDON_SOURCE_DIR "/policies", *calendar::MakeDate(2025, 3, 1)};
    diagnostics::Sink sink;
    auto loaded = cli::LoadPolicy(environment, {policy, environment.policies_root, environment.today}, sources_, sink);
    if (!loaded) std::cerr << diagnostics::RenderAll(sink, sources_, diagnostics::Colour::kNever);
    return loaded;
  }

  // Runs `analysis`, which says what it found, and prints a line of the table.
  void Time(const std::string& what, double most_seconds, const std::function<std::string()>& analysis) const {
    std::vector<double> seconds;
    std::string found;
    for (std::size_t i = 0; i < runs_; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const std::string now = analysis();
      seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
      if (i > 0 && now != found) std::cout << "FOUND SOMETHING ELSE: " << now << '\n';
      found = now;
    }
    std::sort(seconds.begin(), seconds.end());
    const double median = seconds[seconds.size() / 2];
    std::cout << fmt::format("{:<34}{:>7.2f} s {:>7.2f} s {:>7.2f} s   below {:.1f} s: {}\n    {}\n", what,
                             seconds.front(), median, seconds.back(), most_seconds,
                             median < most_seconds ? "yes" : "NO", found);
  }

  std::string Difference(const Policy& old_policy, const Policy& new_policy) const {
    analyse::CompareOptions options;
    options.text_at = [&](const diagnostics::Span& span) {
      return span.valid() ? std::string(sources_.text(span)) : std::string();
    };
    options.place_at = [](const diagnostics::Span&) { return analyse::Place{}; };
    return report::DiffSummary(analyse::Compare(old_policy, new_policy, options).diff);
  }

 private:
  std::size_t runs_;
  cli::Disk disk_;
  diagnostics::Sources sources_;
};

}  // namespace cordon::bench
