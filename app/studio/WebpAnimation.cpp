// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WebpAnimation.h"

#include <QImage>
#include <QScopeGuard>

#include <webp/encode.h>
#include <webp/mux.h>

namespace loopscope {

namespace {

/// Of libwebp's 0 (quick) to 9 (small): above 1, windows get a few percent smaller and take several times as long.
constexpr int kEffort = 1;

} // namespace

struct WebpAnimation::Encoder
{
    WebPAnimEncoder *encoder = nullptr;
    WebPConfig config{};

    ~Encoder() { WebPAnimEncoderDelete(encoder); }
};

WebpAnimation::WebpAnimation(QSize size)
    : m_encoder(std::make_unique<Encoder>())
    , m_size(size)
{
    WebPAnimEncoderOptions options;
    if (WebPAnimEncoderOptionsInit(&options) == 0 || WebPConfigInit(&m_encoder->config) == 0
        || WebPConfigLosslessPreset(&m_encoder->config, kEffort) == 0)
        return;
    m_encoder->encoder = WebPAnimEncoderNew(size.width(), size.height(), &options);
}

WebpAnimation::~WebpAnimation() = default;

bool WebpAnimation::add(const QImage &picture, int milliseconds)
{
    if (m_encoder->encoder == nullptr || picture.size() != m_size)
        return false;
    const QImage pixels = picture.convertToFormat(QImage::Format_RGB32); // in memory: blue, green, red, unused
    WebPPicture frame;
    if (WebPPictureInit(&frame) == 0)
        return false;
    const auto guard = qScopeGuard([&frame] { WebPPictureFree(&frame); });
    frame.use_argb = 1;
    frame.width = m_size.width();
    frame.height = m_size.height();
    if (WebPPictureImportBGRX(&frame, pixels.constBits(), static_cast<int>(pixels.bytesPerLine())) == 0
        || WebPAnimEncoderAdd(m_encoder->encoder, &frame, m_time, &m_encoder->config) == 0)
        return false;
    m_time += milliseconds;
    return true;
}

QByteArray WebpAnimation::finish()
{
    WebPData data;
    WebPDataInit(&data);
    const auto guard = qScopeGuard([&data] { WebPDataClear(&data); });
    // The end of the last picture is told by adding none.
    if (m_encoder->encoder == nullptr || WebPAnimEncoderAdd(m_encoder->encoder, nullptr, m_time, nullptr) == 0
        || WebPAnimEncoderAssemble(m_encoder->encoder, &data) == 0)
        return {};
    return {reinterpret_cast<const char *>(data.bytes), static_cast<qsizetype>(data.size)};
}

} // namespace loopscope
