import { type SealStanding, SealedRows } from '@handoff/persistence';
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';

const EXAMPLE: SealStanding = { newestKey: 'k20261102-8d10f3', keys: [{ key: 'k20261102-8d10f3', secrets: 11, isInRing: true }, { key: 'k20260201-04ab7c', secrets: 1, isInRing: true }], outdated: [{ table: 'source_secret', row: 'jira-emea', key: 'k20260201-04ab7c' }] };

/** The keys that seal this service's secrets: their names, never the keys. */
@ApiTags('keys')
@Controller('v1/keys')
export class KeysController {
  constructor(@Inject(SealedRows) private readonly rows: Pick<SealedRows, 'standing' | 'rotate'>) {}

  @Get()
  @ApiOperation({ summary: 'Which keys seal how many secrets, and which secrets are under an old one' })
  @ApiResponse({ status: 200, schema: { example: EXAMPLE } })
  standing(): Promise<SealStanding> {
    return this.rows.standing();
  }

  @Post('rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Seal all secrets with the newest key', description: 'Called again after an interruption, it goes on where it stopped. Old keys can be taken away once nothing is outdated in any service.' })
  @ApiResponse({ status: 200, schema: { example: { ...EXAMPLE, outdated: [], resealed: 1 } } })
  async rotate(): Promise<SealStanding & { readonly resealed: number }> {
    const { resealed } = await this.rows.rotate();
    return { ...(await this.rows.standing()), resealed };
  }
}
