// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSize>

#include <memory>

class QImage;

namespace loopscope {

/// Makes an animated WebP, lossless and endlessly repeated, from pictures of one size. It holds the compressed pictures only; a picture
/// that looks like the one before costs next to nothing. See docs/decisions/animated-export.md for the choice of the format.
class WebpAnimation
{
public:
    /// Sides of at most 16383 pixels, as the format has it.
    explicit WebpAnimation(QSize size);
    ~WebpAnimation();

    /// Appends a picture that stays for so long. False if its size is another one or memory ran out.
    bool add(const QImage &picture, int milliseconds);
    /// The file's bytes; empty if something went wrong. Nothing can be added afterwards.
    QByteArray finish();

private:
    struct Encoder;
    std::unique_ptr<Encoder> m_encoder;
    QSize m_size;
    int m_time = 0; ///< ms; where the next picture begins
};

} // namespace loopscope
