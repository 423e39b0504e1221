// One set of results over the boundary in four ways: the engine's own batches, an object for each, JSON, and Protocol
// Buffers.
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "binding/arguments.h"
#include "engine/batches/batch_writer.h"
#include "results.h"
#include "suites.h"

namespace hashlane::boundary {
namespace {

/// Keeps what the writer hands over until the round is done.
class Collected final : public Delivery {
 public:
  void batch(JobId, std::uint32_t slab, std::uint32_t length) noexcept override { batches.push_back({slab, length}); }
  void feed_answered(FeedId, bool) noexcept override {}
  void job_ended(const JobEnd&) noexcept override {}

  struct Batch {
    std::uint32_t slab, length;
  };
  std::vector<Batch> batches;
};

class ResultSet : public Napi::ObjectWrap<ResultSet> {
 public:
  static Napi::Function constructor(Napi::Env env) {
    return DefineClass(
        env, "ResultSet",
        {InstanceMethod<&ResultSet::write_batches>("writeBatches"), InstanceMethod<&ResultSet::objects>("objects"),
         InstanceMethod<&ResultSet::numbers>("numbers"), InstanceMethod<&ResultSet::make_json>("makeJson"),
         InstanceMethod<&ResultSet::json>("json"), InstanceMethod<&ResultSet::make_protobuf>("makeProtobuf"),
         InstanceMethod<&ResultSet::protobuf>("protobuf")});
  }

  /// new ResultSet(count, slabs, slabBytes): `slabs` must hold all batches of `count` results.
  explicit ResultSet(const Napi::CallbackInfo& info)
      : Napi::ObjectWrap<ResultSet>(info),
        results_(make_results(integer_of(info[0]))),
        held_(Napi::Reference<Napi::Value>::New(info[1], 1)),
        stats_(engine_slot::kEventCount + 1),
        pool_(bytes_of(info[1]), integer_of(info[2]), StatsRegion(stats_.data())),
        writer_(1, DigestLayout(std::uint64_t{1} << static_cast<unsigned>(AlgorithmId::kSha256)), pool_, collected_,
                StatsRegion(stats_.data())) {
    append_json(json_, results_);
    append_protobuf(protobuf_, results_);
  }

 private:
  /// Writes everything anew; [slab, length, slab, length, …].
  Napi::Value write_batches(const Napi::CallbackInfo& info) {
    for (const auto& [slab, length] : collected_.batches) pool_.release(slab);
    collected_.batches.clear();
    for (std::size_t at = 0; at < results_.size(); ++at) {
      const Result& result = results_[at];
      const bool ok = result.status == Status::kOk;
      writer_.append({.entry_id = at,
                      .size = result.size,
                      .modified_ns = result.modified_ns,
                      .prefix = {},
                      .name = result.name,
                      .digests = ok ? result.sha256.data() : nullptr,
                      .hash_time_ns = 0,
                      .status = result.status,
                      .error = {result.error, {}},
                      .flags = result.flags,
                      .root = 0});
    }
    writer_.flush();
    Napi::Array places = Napi::Array::New(info.Env(), collected_.batches.size() * 2);
    std::uint32_t next = 0;
    for (const auto& [slab, length] : collected_.batches) {
      places[next++] = Napi::Number::New(info.Env(), slab);
      places[next++] = Napi::Number::New(info.Env(), length);
    }
    return places;
  }

  Napi::Value objects(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    Napi::Array list = Napi::Array::New(env, results_.size());
    std::string hex;
    for (std::uint32_t at = 0; at < results_.size(); ++at) {
      const Napi::HandleScope scope(env);
      const Result& result = results_[at];
      hex.clear();
      if (result.status == Status::kOk) append_hex(hex, result.sha256);
      Napi::Object object = with_numbers(env, result);
      object["path"] = Napi::String::New(env, result.name);
      object["sha256"] = Napi::String::New(env, hex);
      object["error"] = Napi::String::New(env, result.error == ErrorCode::kNone ? "" : "EACCES");
      list[at] = object;
    }
    return list;
  }

  Napi::Value numbers(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    Napi::Array list = Napi::Array::New(env, results_.size());
    for (std::uint32_t at = 0; at < results_.size(); ++at) {
      const Napi::HandleScope scope(env);
      list[at] = with_numbers(env, results_[at]);
    }
    return list;
  }

  static Napi::Object with_numbers(Napi::Env env, const Result& result) {
    Napi::Object object = Napi::Object::New(env);
    object["size"] = Napi::Number::New(env, static_cast<double>(result.size));
    object["status"] = Napi::Number::New(env, static_cast<double>(result.status));
    object["flags"] = Napi::Number::New(env, result.flags);
    object["modifiedMs"] = Napi::Number::New(env, static_cast<double>(result.modified_ns / 1'000'000));
    return object;
  }

  /// Makes the text natively and nothing else; its length.
  Napi::Value make_json(const Napi::CallbackInfo& info) {
    json_.clear();
    append_json(json_, results_);
    return Napi::Number::New(info.Env(), static_cast<double>(json_.size()));
  }
  /// The text, made before, as a JavaScript string. ASCII: V8's shorter way.
  Napi::Value json(const Napi::CallbackInfo& info) {
    napi_value text = nullptr;
    NAPI_THROW_IF_FAILED(info.Env(), napi_create_string_latin1(info.Env(), json_.data(), json_.size(), &text),
                         Napi::Value());
    return {info.Env(), text};
  }
  Napi::Value make_protobuf(const Napi::CallbackInfo& info) {
    protobuf_.clear();
    append_protobuf(protobuf_, results_);
    return Napi::Number::New(info.Env(), static_cast<double>(protobuf_.size()));
  }
  /// protobuf(target): the bytes, made before, copied into `target`, which is long enough; their length.
  Napi::Value protobuf(const Napi::CallbackInfo& info) {
    const auto target = bytes_of(info[0]);
    if (target.size() < protobuf_.size()) throw Napi::RangeError::New(info.Env(), "The target is too short");
    std::memcpy(target.data(), protobuf_.data(), protobuf_.size());
    return Napi::Number::New(info.Env(), static_cast<double>(protobuf_.size()));
  }

  const std::vector<Result> results_;
  /// Keeps the slabs alive.
  const Napi::Reference<Napi::Value> held_;
  std::vector<std::uint64_t> stats_;
  Collected collected_;
  SlabPool pool_;
  BatchWriter writer_;
  std::string json_;
  std::string protobuf_;
};

}  // namespace

void add_batches(Napi::Env env, Napi::Object exports) { exports["ResultSet"] = ResultSet::constructor(env); }

}  // namespace hashlane::boundary
