// Makes conditions of given facts; see given.h.
#include "analyse/given.h"

#include <algorithm>

#include "model/print.h"
#include "support/assert.h"
#include "symbolic/decode.h"

namespace cordon::analyse {

using facts::Cell;
using facts::CellState;
using model::FactId;
using model::Type;
using model::TypeKind;
using symbolic::ScalarId;
using symbolic::Slots;
using symbolic::TermId;

namespace {

constexpr std::int64_t kMinutes = calendar::kMinutesPerDay;

// The cell with everything that is not known exactly replaced by some value of it.
Cell Filled(const model::Policy& policy, const Type& type, const Cell& cell, const Cell& plain) {
  switch (cell.state) {
    case CellState::kKnown:
      return cell;
    case CellState::kAbsent:
    case CellState::kNull: {
      if (type.kind != TypeKind::kList) return plain;
      Cell empty;
      empty.state = CellState::kList;
      return empty;
    }
    case CellState::kRange:
      return Cell::Known(type.kind == TypeKind::kDate ? value::Value::OfDate({cell.first})
                                                      : value::Value::OfDatetime({cell.first}));
    case CellState::kSymbols:
      return Cell::Known(value::Value::Symbol(cell.first_leaf));
    case CellState::kRecord: {
      Cell filled = cell;
      const auto& fields = policy.records[type.record.index].fields;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!fields[i].derived.valid()) {
          filled.children[i] = Filled(policy, fields[i].type, cell.children[i], plain.children[i]);
        }
      }
      return filled;
    }
    case CellState::kList: {
      Cell filled = cell;
      filled.open = false;
      for (Cell& child : filled.children) child = Filled(policy, model::ElementType(type), child, plain.children[0]);
      return filled;
    }
  }
  return cell;
}

// A patient of whom `subject` tells a part.
symbolic::Patient SomePatient(const symbolic::Frame& frame, const facts::Subject& subject) {
  const model::Policy& policy = *frame.versions[0].policy;
  symbolic::Patient plain = symbolic::PlainPatient(frame);
  for (std::size_t i = 0; i < frame.lists.size(); ++i) {
    symbolic::Record record;
    for (const symbolic::Unknown& field : frame.lists[i].fields) record.push_back(symbolic::PlainValue(field));
    plain.lists[i].push_back(std::move(record));
  }
  const facts::Subject complete = symbolic::SubjectOf(frame, 0, plain);
  facts::Subject filled = subject;
  for (std::size_t i = 0; i < filled.facts.size(); ++i) {
    // The plain patient's texts, dates and times are of the frame, so that what comes back is too.
    filled.facts[i] = Filled(policy, policy.facts[i].type, subject.facts[i], complete.facts[i]);
  }
  const auto patient = symbolic::PatientOf(frame, {&filled});
  CORDON_ASSERT(patient.has_value());
  return *patient;
}

class GivenMaker {
 public:
  GivenMaker(symbolic::Terms& terms, const symbolic::Frame& frame, const facts::Subject& subject,
             const Freedom& freedom)
      : terms_(terms),
        policy_(*frame.versions[0].policy),
        view_(frame.versions[0]),
        subject_(subject),
        freedom_(freedom),
        patient_(SomePatient(frame, subject)) {
    given_.frame = frame;
    given_.closed.resize(frame.lists.size());
    given_.keep.resize(frame.lists.size());
  }

  Given Run() {
    AddDay();
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) AddFact(FactId(i));
    return std::move(given_);
  }

 private:
  TermId Number(std::size_t slot) { return terms_.Scalar(ScalarId(slot), given_.frame.scalars[slot].range); }
  TermId IsNumber(std::size_t slot) { return terms_.SameNumber(Number(slot), terms_.Constant(patient_.scalars[slot])); }

  void AddDay() {
    const symbolic::Frame& frame = given_.frame;
    GivenPlace day;
    day.place = {PlaceKind::kDay, "as_of", {}, {}, {}, {}};
    day.keep = !freedom_.as_of;
    day.number = Number(frame.today.index);
    day.none = terms_.False();
    day.low = day.high = subject_.as_of.date.days;
    TermId same = IsNumber(frame.today.index);
    if (subject_.as_of.time) same = terms_.And(same, IsNumber(frame.minute.index));
    day.changed = terms_.Not(same);
    if (!subject_.as_of.time) given_.open.push_back(day.place);
    given_.places.push_back(std::move(day));
  }

  void AddFact(FactId id) {
    const model::Fact& fact = policy_.facts[id.index];
    const symbolic::JointFact& joint = given_.frame.facts[view_.facts[id.index]];
    const Cell& cell = subject_.facts[id.index];
    keep_ = std::find(freedom_.keep.begin(), freedom_.keep.end(), fact.name) != freedom_.keep.end();
    if (id == policy_.setting && !freedom_.setting) keep_ = true;
    FactPlace place{PlaceKind::kValue, fact.name, id, {}, {}, {}};
    FixGiven(joint.slots, cell, fact.assume.has_value());
    switch (joint.shape) {
      case symbolic::FactShape::kScalar:
        AddValue(place, fact.type, joint.slots, cell);
        return;
      case symbolic::FactShape::kRecord:
        if (cell.unknown()) {
          given_.open.push_back(place);
        } else {
          AddFields(place, fact.type, joint.fields, cell);
        }
        return;
      case symbolic::FactShape::kList:
        AddList(place, fact.type, joint, cell);
        return;
    }
  }

  void AddList(FactPlace place, const Type& type, const symbolic::JointFact& joint, const Cell& cell) {
    given_.closed[joint.list.index] = cell.state == CellState::kList && !cell.open;
    given_.keep[joint.list.index] = keep_ && given_.closed[joint.list.index];
    if (!given_.closed[joint.list.index]) {
      FactPlace open = place;
      open.kind = PlaceKind::kList;
      given_.open.push_back(open);
    }
    if (cell.unknown()) return;
    const std::vector<Slots> shape = joint.fields;  // `joint` moves as unknowns are added
    const symbolic::ListId list = joint.list;
    for (std::size_t i = 0; i < cell.children.size(); ++i) {
      FactPlace child = place;
      child.path += "[" + std::to_string(i + 1) + "]";
      child.child = i;
      const symbolic::OwnRecord own = AddRecord(list, i, child.path);
      GivenPlace there;
      there.place = child;
      there.place.kind = PlaceKind::kRecord;
      there.keep = keep_;
      there.changed = terms_.Not(terms_.Is(Number(own.there.index)));
      there_ = terms_.Not(there.changed);
      given_.records.push_back(own);
      given_.record_places.push_back(there.place);
      given_.places.push_back(std::move(there));
      AddChild(child, model::ElementType(type), OwnSlots(shape, own), cell.children[i]);
      there_ = terms_.True();
    }
  }

  symbolic::OwnRecord AddRecord(symbolic::ListId list, std::size_t i, const std::string& path) {
    const symbolic::OwnRecord own = symbolic::AddOwnRecord(given_.frame, list, path);
    patient_.scalars.push_back(1);
    const symbolic::Record& record = patient_.lists[list.index][i];
    patient_.scalars.insert(patient_.scalars.end(), record.begin(), record.end());
    return own;
  }

  static std::vector<Slots> OwnSlots(const std::vector<Slots>& shape, const symbolic::OwnRecord& own) {
    std::vector<Slots> slots = shape;
    for (Slots& one : slots) {
      for (std::size_t* slot : {&one.value, &one.minute, &one.is_none, &one.given}) {
        if (*slot != Slots::kNone) *slot = own.fields[*slot].index;
      }
    }
    return slots;
  }

  void AddChild(const FactPlace& child, const Type& type, const std::vector<Slots>& slots, const Cell& cell) {
    if (type.kind != TypeKind::kRecord) {
      AddValue(child, type, slots[0], cell);
    } else if (cell.unknown()) {
      given_.open.push_back(child);
    } else {
      AddFields(child, type, slots, cell);
    }
  }

  void AddFields(const FactPlace& place, const Type& type, const std::vector<Slots>& slots, const Cell& cell) {
    const model::Record& record = policy_.records[type.record.index];
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      if (record.fields[i].derived.valid()) continue;
      FactPlace field = place;
      field.path += "." + record.fields[i].name;
      field.field = i;
      const std::size_t joint = view_.fields.at({place.fact.index, static_cast<std::uint32_t>(i)});
      AddValue(field, record.fields[i].type, slots[joint], cell.children[i]);
    }
  }

  // What is known stays known. What was sought and not learnt is not assumed any more; else it may stay not known.
  void FixGiven(const Slots& slots, const Cell& cell, bool is_assumed) {
    const bool fixed = cell.state == CellState::kNull ? is_assumed : cell.state != CellState::kAbsent;
    if (fixed && slots.given != Slots::kNone) given_.fixed.push_back(terms_.Is(Number(slots.given)));
  }

  void AddValue(FactPlace place, const Type& type, const Slots& slots, const Cell& cell) {
    place.slots = slots;
    if (cell.state != CellState::kKnown) given_.open.push_back(place);
    if (place.field || place.child) FixGiven(slots, cell, false);
    if (cell.unknown()) return;
    GivenPlace given;
    given.place = place;
    given.type = type;
    given.keep = keep_;
    given.none = slots.is_none == Slots::kNone ? terms_.False() : terms_.Is(Number(slots.is_none));
    const bool is_none = cell.state == CellState::kKnown && cell.value.kind == value::Kind::kNone;
    const TermId same = is_none ? given.none : terms_.And(terms_.Not(given.none), SameValue(type, slots, cell, given));
    given.changed = terms_.And(there_, terms_.Not(same));
    given_.places.push_back(std::move(given));
  }

  // That the value is as given, and how far from it another would be.
  TermId SameValue(const Type& type, const Slots& slots, const Cell& cell, GivenPlace& given) {
    if (type.kind == TypeKind::kBool) {
      const TermId is = terms_.Is(Number(slots.value));
      return cell.value.number != 0 ? is : terms_.Not(is);
    }
    if (cell.state == CellState::kSymbols) {
      std::vector<std::int64_t> set;
      const auto& leaves = view_.leaves[type.category.index];
      for (std::size_t leaf = cell.first_leaf; leaf < cell.end_leaf; ++leaf) set.push_back(leaves[leaf]);
      given.number = Number(slots.value);  // of other symbols, the one that stands first
      return terms_.In(given.number, std::move(set), given_.frame.scalars[slots.value].range.high + 1);
    }
    if (type.kind == TypeKind::kText) return IsNumber(slots.value);
    given.number = Number(slots.value);
    if (type.kind == TypeKind::kDatetime) {
      given.number = terms_.Plus(terms_.Times(given.number, kMinutes), Number(slots.minute));
    }
    const bool is_range = cell.state == CellState::kRange;
    given.low = is_range ? cell.first : cell.value.number;
    given.high = is_range ? cell.last : cell.value.number;
    if (type.kind != TypeKind::kCategory) return Between(given);
    given.low = given.high = patient_.scalars[slots.value];
    const TermId same = Between(given);
    if (!policy_.categories[type.category.index].is_scale) given.low = given.high = 0;
    return same;
  }

  TermId Between(const GivenPlace& given) {
    return terms_.And(terms_.LessEqual(terms_.Constant(given.low), given.number),
                      terms_.LessEqual(given.number, terms_.Constant(given.high)));
  }

  symbolic::Terms& terms_;
  const model::Policy& policy_;
  const symbolic::VersionView& view_;
  const facts::Subject& subject_;
  const Freedom& freedom_;
  symbolic::Patient patient_;
  Given given_;
  bool keep_ = false;
  TermId there_ = terms_.True();  // that the record is there of which values are added
};

std::string NodePath(const model::Category& category, const Cell& cell) {
  for (const model::CategoryNode& node : category.nodes) {
    if (node.first_leaf == cell.first_leaf && node.end_leaf == cell.end_leaf) return node.path;
  }
  CORDON_ASSERT(false);
}

std::string RecordText(const model::Policy& policy, const Type& type, const Cell& cell) {
  std::string text;
  const model::Record& record = policy.records[type.record.index];
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    if (cell.children[i].state == CellState::kAbsent) continue;
    text += (text.empty() ? "" : ", ") + record.fields[i].name + ": " +
            GivenText(policy, record.fields[i].type, cell.children[i]);
  }
  return text.empty() ? "any" : text;
}

std::string ListText(const model::Policy& policy, const Type& type, const Cell& cell) {
  if (cell.children.empty()) return cell.open ? "some, or none" : "none";
  std::string text;
  for (const Cell& child : cell.children) {
    text += (text.empty() ? "" : "; ") + GivenText(policy, model::ElementType(type), child);
  }
  return cell.open ? text + "; perhaps others" : text;
}

}  // namespace

Given GivenOf(symbolic::Terms& terms, const symbolic::Frame& frame, const facts::Subject& subject,
              const Freedom& freedom) {
  return GivenMaker(terms, frame, subject, freedom).Run();
}

Cell& CellAt(facts::Subject& subject, const FactPlace& place) {
  Cell* cell = &subject.facts[place.fact.index];
  if (place.child) cell = &cell->children[*place.child];
  return place.field ? cell->children[*place.field] : *cell;
}

std::string GivenText(const model::Policy& policy, const Type& type, const Cell& cell) {
  switch (cell.state) {
    case CellState::kAbsent:
      return "not known";
    case CellState::kNull:
      return "not known";
    case CellState::kKnown:
      return model::PrintValue(policy, cell.value, type);
    case CellState::kRange:
      return type.kind == TypeKind::kDatetime ? calendar::Format(calendar::DatetimeRange{{cell.first}, {cell.last}})
                                              : calendar::Format(calendar::DateRange{{cell.first}, {cell.last}});
    case CellState::kSymbols:
      return NodePath(policy.categories[type.category.index], cell);
    case CellState::kRecord:
      return RecordText(policy, type, cell);
    case CellState::kList:
      return ListText(policy, type, cell);
  }
  return {};
}

}  // namespace cordon::analyse
