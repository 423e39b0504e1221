// A large file whose digests are all made of its pieces' (ED2K, AICH): the pieces are read side by side,
// so that each is hashed while it is in the cache, in full lanes, by any number of workers.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "engine/lanes/lane_group.h"
#include "engine/lanes/piece_joins.h"
#include "engine/large/shared_file.h"

namespace hashlane {

class PiecedFile final : public SharedFile {
 public:
  /// `joins`: all of the layout's algorithms.
  PiecedFile(Job& job, OpenFile file, Device* device, const PieceJoins& joins);

 private:
  [[nodiscard]] std::size_t way() const noexcept override { return engine_slot::kFilesInPieces; }
  void work(const Participant& who, std::unique_lock<std::mutex>& lock) override;
  void rest() override {}
  bool write_digests(std::byte* digests) noexcept override;

  // With the lock held.
  void fill(LaneGroup& group);
  void take(const LaneGroup::Round& round);
  void count(const LaneGroup::Round& round, const Participant& who);
  [[nodiscard]] std::unique_ptr<LaneGroup> group_in_hand(std::unique_ptr<LaneGroup> empty);
  [[nodiscard]] bool has_unbegun() const noexcept { return begun_bytes_ < file_.facts.size; }

  const PieceJoins joins_;
  const DigestLayout inner_;
  std::unique_ptr<OpenJoins> open_;
  /// Pieces begin one after the other; those that end before their turn wait for it.
  std::uint64_t begun_bytes_ = 0;
  std::uint64_t begun_ = 0;
  std::uint64_t joined_ = 0;
  std::uint64_t joined_bytes_ = 0;
  std::uint64_t read_bytes_ = 0;
  std::map<std::uint64_t, PieceDigest> waiting_;
  /// Groups of a paused job, with their pieces.
  std::vector<std::unique_ptr<LaneGroup>> resting_;
};

}  // namespace hashlane
