// Makes ways; see way.h.
#include "analyse/way.h"

#include <algorithm>
#include <utility>

#include "support/assert.h"
#include "symbolic/decode.h"

namespace cordon::analyse {

using facts::Cell;
using facts::CellState;
using model::FactId;

Way WayMaker::Make(const symbolic::Patient& patient, const std::vector<std::size_t>& changed) {
  changed_.clear();
  for (const std::size_t i : changed) changed_.push_back(&given_.places[i]);
  Read(patient);
  TellLittle();
  result_ = Assembled(told_);
  CORDON_ASSERT(concludes_(result_));
  LeaveOutFields();
  Way way;
  for (const FactPlace* place : told_) AddChange(*place, way.turns_out);
  for (const GivenPlace* place : changed_) AddChange(place->place, way.changes);
  AddRecords(way);
  way.document = question_.document(policy_, result_);
  return way;
}

// The complete patient as facts: of each list the given records that are there, then the others.
void WayMaker::Read(const symbolic::Patient& patient) {
  symbolic::Patient whole;
  whole.scalars.assign(patient.scalars.begin(), patient.scalars.begin() + static_cast<long>(frame_.scalars.size()));
  whole.lists.resize(frame_.lists.size());
  kept_.assign(policy_.facts.size(), {});
  for (std::size_t i = 0; i < given_.records.size(); ++i) {
    const symbolic::OwnRecord& own = given_.records[i];
    if (patient.scalars[own.there.index] == 0) continue;
    symbolic::Record record;
    for (const symbolic::ScalarId field : own.fields) record.push_back(patient.scalars[field.index]);
    whole.lists[own.list.index].push_back(std::move(record));
    kept_[given_.record_places[i].fact.index].push_back(*given_.record_places[i].child);
  }
  for (std::size_t list = 0; list < whole.lists.size(); ++list) {
    whole.lists[list].insert(whole.lists[list].end(), patient.lists[list].begin(), patient.lists[list].end());
  }
  complete_ = symbolic::SubjectOf(frame_, 0, whole);
}

const Cell& WayMaker::CompleteAt(const FactPlace& place) const {
  const Cell* cell = &complete_.facts[place.fact.index];
  if (place.child) {
    const auto& kept = kept_[place.fact.index];
    const auto at = std::find(kept.begin(), kept.end(), *place.child);
    CORDON_ASSERT(at != kept.end());
    cell = &cell->children[static_cast<std::size_t>(at - kept.begin())];
  }
  return place.field ? cell->children[*place.field] : *cell;
}

// The records that a list has besides those given.
std::vector<Cell> WayMaker::NewChildren(FactId fact) const {
  const auto& children = complete_.facts[fact.index].children;
  return {children.begin() + static_cast<long>(std::min(kept_[fact.index].size(), children.size())), children.end()};
}

bool WayMaker::IsThere(const FactPlace& place) const {
  const auto& kept = kept_[place.fact.index];
  return !place.child || std::find(kept.begin(), kept.end(), *place.child) != kept.end();
}

void WayMaker::Set(const FactPlace& place, facts::Subject& subject) const {
  switch (place.kind) {
    case PlaceKind::kDay:
      subject.as_of = complete_.as_of;
      return;
    case PlaceKind::kValue:
      if (IsThere(place)) CellAt(subject, place) = CompleteAt(place);
      return;
    case PlaceKind::kList: {
      Cell& list = subject.facts[place.fact.index];
      if (list.unknown()) {
        list = complete_.facts[place.fact.index];
      } else {
        list.open = false;
      }
      return;
    }
    case PlaceKind::kRecord:
      return;
  }
}

// The subject as given, with what is changed and with what is told of the open places.
facts::Subject WayMaker::Assembled(const std::vector<const FactPlace*>& told) const {
  facts::Subject subject = question_.subject;
  std::vector<bool> add(policy_.facts.size());
  for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
    const symbolic::JointFact& joint = frame_.facts[frame_.versions[0].facts[i]];
    add[i] = joint.shape == symbolic::FactShape::kList && given_.closed[joint.list.index];
  }
  for (const GivenPlace* place : changed_) Set(place->place, subject);
  if (!question_.subject.as_of.time) subject.as_of.time.reset();
  for (const FactPlace* place : told) {
    Set(*place, subject);
    if (place->kind == PlaceKind::kList) add[place->fact.index] = true;
  }
  for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
    if (question_.subject.facts[i].state != CellState::kList) continue;
    std::vector<Cell> children;
    for (const std::size_t child : kept_[i]) children.push_back(subject.facts[i].children[child]);
    if (add[i]) {
      for (Cell& child : NewChildren(FactId(i))) children.push_back(std::move(child));
    }
    subject.facts[i].children = std::move(children);
  }
  return subject;
}

void WayMaker::TellLittle() {
  told_.clear();
  if (concludes_(Assembled({}))) return;
  for (const FactPlace& place : given_.open) told_.push_back(&place);
  for (std::size_t i = told_.size(); i > 0; --i) {
    std::vector<const FactPlace*> fewer = told_;
    fewer.erase(fewer.begin() + static_cast<long>(i) - 1);
    if (concludes_(Assembled(fewer))) told_ = std::move(fewer);
  }
}

// Of records that are new, only the fields that matter.
void WayMaker::LeaveOutFields() {
  for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
    const model::Type& type = policy_.facts[i].type;
    if (type.kind != model::TypeKind::kList || !type.record.valid()) continue;
    if (result_.facts[i].state != CellState::kList) continue;
    const auto& fields = policy_.records[type.record.index].fields;
    for (std::size_t child = kept_[i].size(); child < result_.facts[i].children.size(); ++child) {
      for (std::size_t f = 0; f < fields.size(); ++f) {
        if (!fields[f].derived.valid()) LeaveOut(result_.facts[i].children[child].children[f]);
      }
    }
  }
}

bool WayMaker::LeaveOut(Cell& field) {
  const Cell whole = std::exchange(field, Cell{});
  if (concludes_(result_)) return true;
  field = whole;
  return false;
}

const model::Type& WayMaker::TypeOf(const FactPlace& place) const {
  const model::Type& type = policy_.facts[place.fact.index].type;
  if (place.field) return policy_.records[type.record.index].fields[*place.field].type;
  return type;
}

const model::Texts& WayMaker::TextsOf(const FactPlace& place) const {
  static const model::Texts kNone;
  if (place.kind == PlaceKind::kDay) return kNone;
  const model::Fact& fact = policy_.facts[place.fact.index];
  if (!place.field) return fact.ask;
  const model::Texts& help = policy_.records[fact.type.record.index].fields[*place.field].help;
  return help.empty() ? fact.ask : help;
}

void WayMaker::AddChange(const FactPlace& place, std::vector<FactChange>& to) const {
  FactChange change{place.path, {}, {}, TextsOf(place)};
  if (place.kind == PlaceKind::kDay) {
    const auto text = [](const model::Moment& moment) {
      return moment.time ? calendar::Format(*moment.time) : calendar::Format(moment.date);
    };
    change.before = text(question_.subject.as_of);
    change.after = text(result_.as_of);
    to.push_back(std::move(change));
    return;
  }
  if (place.kind == PlaceKind::kValue && !IsThere(place)) return;  // of a record that is taken away
  model::Type type = TypeOf(place);
  if (place.child && !place.field) type = model::ElementType(type);
  facts::Subject before = question_.subject;
  change.before = GivenText(policy_, type, CellAt(before, place));
  if (place.kind == PlaceKind::kList) {
    change.after = GivenText(policy_, type, result_.facts[place.fact.index]);
  } else if (place.kind == PlaceKind::kValue) {
    change.after = GivenText(policy_, type, CompleteAt(place));
  }
  to.push_back(std::move(change));
}

// The records that are added to lists which are known.
void WayMaker::AddRecords(Way& way) const {
  for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
    const symbolic::JointFact& joint = frame_.facts[frame_.versions[0].facts[i]];
    if (joint.shape != symbolic::FactShape::kList || !given_.closed[joint.list.index]) continue;
    const Cell& list = result_.facts[i];
    for (std::size_t child = kept_[i].size(); child < list.children.size(); ++child) {
      const model::Type type = model::ElementType(policy_.facts[i].type);
      way.changes.push_back(
          {policy_.facts[i].name, {}, GivenText(policy_, type, list.children[child]), policy_.facts[i].ask});
    }
  }
}

}  // namespace cordon::analyse
