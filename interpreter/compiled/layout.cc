// What is written of each row, in one number; see compiled.h.
#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiled/compiled.h"
#include "compiled/fields.h"

namespace cordon::compiled {
namespace {

// Goes through the fields of empty rows. By FNV-1a, so that the order counts.
class Describe {
 public:
  template <typename... Field>
  void operator()(const Field&... fields) {
    (Add(fields), ...);
  }
  std::uint64_t sum() const { return sum_; }

 private:
  void Mix(std::uint64_t kind) { sum_ = (sum_ ^ kind) * 0x100000001b3U; }
  void Add(bool) { Mix(1); }
  void Add(std::size_t) { Mix(2); }
  void Add(std::int64_t) { Mix(3); }
  void Add(int) { Mix(4); }
  void Add(const std::string&) { Mix(5); }
  void Add(const diagnostics::Span&) { Mix(6); }
  template <typename Tag>
  void Add(support::Id<Tag>) {
    Mix(7);
  }
  template <typename Enum>
  requires std::is_enum_v<Enum>
  void Add(Enum) { Mix(0x100U + static_cast<std::uint64_t>(kLast<Enum>)); }
  template <typename Row>
  void Add(const std::vector<Row>&) {
    Mix(8);
    Add(Row{});
  }
  template <typename Row>
  void Add(const std::optional<Row>&) {
    Mix(9);
    Add(Row{});
  }
  template <typename... Row>
  void Add(const std::variant<Row...>&) {
    Mix(10);
    (Add(Row{}), ...);
    Mix(11);
  }
  template <typename Row>
  requires HasFields<Describe, const Row>
  void Add(const Row& row) {
    Mix(12);
    Fields(*this, row);
    Mix(13);
  }

  std::uint64_t sum_ = 0xcbf29ce484222325U;
};

}  // namespace

std::uint64_t Layout() {
  Describe describe;
  const model::Policy empty;
  Fields(describe, empty);
  return describe.sum();
}

}  // namespace cordon::compiled
